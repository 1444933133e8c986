import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { IconAlertTriangle, IconTrash } from '@tabler/icons-react'
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { ObjectModel, RecordData } from '../../api/model'
import { useSession } from '../../api/ModelContext'
import { purgeRecord, refresh, runAction } from '../../api/records'
import { EmptyState } from '../../kit/EmptyState'
import { lower } from '../../kit/format'
import { Loading } from '../../kit/Loading'
import { showToast } from '../../kit/toast'
import { titleOf } from '../../objects/list/TitleCell'
import { problemText, showProblem } from '../../objects/problem'
import { useUndo } from '../../objects/useUndo'
import css from './bin.module.css'
import { binQuery } from './binQuery'
import { BinRow } from './BinRow'
import { PurgeDialog } from './PurgeDialog'

/** The deleted records of one object, the last first. */
export function BinList({ object, person }: { object: ObjectModel; person: boolean }) {
  const { t } = useLingui()
  const client = useQueryClient()
  const tellDone = useUndo()
  const administrator = useSession().user.roles.includes('administrator')
  const [purging, setPurging] = useState<RecordData | null>(null)
  const query = useInfiniteQuery(binQuery(object))
  const rows = query.data?.pages.flatMap((page) => page.items) ?? []

  async function settle(): Promise<void> {
    refresh(client, object.name)
    await client.invalidateQueries({ queryKey: ['bin', object.name] })
  }

  async function restore(record: RecordData): Promise<void> {
    try {
      const answer = await runAction(object, record.id, 'restore')
      await settle()
      const title = titleOf(object, record)
      tellDone(t`${title} restored`, [answer.correlation], t`${title} restored`)
    } catch (error) {
      showProblem(error)
    }
  }

  async function purge(record: RecordData): Promise<void> {
    setPurging(null)
    try {
      await purgeRecord(object, record.id)
      await settle()
      showToast({ message: t`${titleOf(object, record)} is gone for good` })
    } catch (error) {
      showProblem(error)
    }
  }

  if (query.isPending) return <Loading rows={8} />
  if (query.isError)
    return (
      <EmptyState
        icon={<IconAlertTriangle size={20} />}
        title={t`The bin could not be read`}
        text={problemText(query.error)}
        action={<Button onClick={() => void query.refetch()}>{t`Try again`}</Button>}
      />
    )
  if (rows.length === 0)
    return (
      <EmptyState
        icon={<IconTrash size={20} />}
        title={t`No deleted ${lower(object.label_plural)}`}
        text={t`What you delete can be restored from here.`}
      />
    )
  return (
    <>
      <ul className={css.list} aria-label={object.label_plural}>
        {rows.map((record) => (
          <BinRow
            key={record.id}
            object={object}
            record={record}
            person={person}
            onRestore={() => void restore(record)}
            onPurge={administrator ? () => setPurging(record) : undefined}
          />
        ))}
      </ul>
      {query.hasNextPage && (
        <div className={css.more}>
          <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {t`Show more`}
          </Button>
        </div>
      )}
      {purging && (
        <PurgeDialog
          title={titleOf(object, purging)}
          onClose={() => setPurging(null)}
          onPurge={() => void purge(purging)}
        />
      )}
    </>
  )
}
