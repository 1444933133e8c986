import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useDeferredValue, useMemo, useState } from 'react'
import type { ObjectModel, RecordData } from '../../../api/model'
import { useModel } from '../../../api/ModelContext'
import { timelineQuery } from '../../../api/timeline'
import { optionOf } from '../../../fields/choice'
import { Loading } from '../../../kit/Loading'
import { problemText } from '../../problem'
import { useParts } from '../../Parts'
import { useGroup } from '../group/GroupContext'
import { groupByDay, matchesPill } from './group'
import { Run } from './Run'
import css from './timeline.module.css'
import { TimelineEntry } from './TimelineEntry'
import { unsaid } from './unsaid'

/** What happened, newest first. */
export function Timeline({ object, record }: { object: ObjectModel; record: RecordData }) {
  const { t } = useLingui()
  const model = useModel()
  const [pill, setPill] = useState('all')
  const query = useInfiniteQuery(timelineQuery(object.name, object.path, record.id, useGroup()?.list))
  // A long past is drawn in small pieces, so that a slow phone answers a touch between them.
  const data = useDeferredValue(query.data)
  const items = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data])
  const { activityCardSays } = useParts()
  const groups = useMemo(() => {
    const shown = pill === 'all' ? unsaid(items, model, record.id, activityCardSays ?? []) : items
    return groupByDay(shown.filter((item) => matchesPill(item, pill)))
  }, [items, pill, model, record.id, activityCardSays])
  const kinds = [
    ...new Set(items.map((item) => item.activity?.kind).filter((kind): kind is string => typeof kind === 'string')),
  ]
  const kindField = model.model.objects
    .flatMap((other) => other.fields)
    .find(
      (field) => field.name === 'kind' && kinds.length > 0 && field.options?.some((option) => option.code === kinds[0]),
    )
  const kindLabel = (kind: string) => (kindField ? optionOf(kind, kindField, model).label : kind)
  const pills = [
    { code: 'all', label: t`Everything` },
    ...kinds.map((kind) => ({ code: kind, label: kindLabel(kind) })),
    { code: 'changes', label: t`Changes` },
  ]

  if (query.isPending || (query.data && !data)) return <Loading rows={8} />
  if (query.isError) return <p className="dim">{problemText(query.error)}</p>
  return (
    <>
      <div className={css.pills} role="group" aria-label={t`Show`}>
        {pills.map((choice) => (
          <button
            key={choice.code}
            type="button"
            className={css.pill}
            aria-pressed={pill === choice.code}
            onClick={() => setPill(choice.code)}
          >
            <span>{choice.label}</span>
          </button>
        ))}
      </div>
      {groups.map((group) => (
        <section key={group.label} aria-label={group.label}>
          <h2 className={css.day}>{group.label}</h2>
          <ul className={css.list}>
            {group.entries.map((entry) =>
              entry.kind === 'run' ? (
                <Run key={entry.items[0]?.id} object={object} record={record} items={entry.items} />
              ) : (
                <TimelineEntry key={entry.item.id} object={object} record={record} item={entry.item} />
              ),
            )}
          </ul>
        </section>
      ))}
      {groups.length === 0 && (
        <p className={css.none}>{t`Nothing here yet. What is logged, planned or changed will stand here.`}</p>
      )}
      {query.hasNextPage && (
        <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t`Show older`}
        </Button>
      )}
    </>
  )
}
