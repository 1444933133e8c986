import { Plural, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { IconBolt, IconCalendarEvent, IconCheck, IconMailQuestion, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { linked } from '../../fields/link'
import * as format from '../../kit/format'
import { askForPlan, useUnplanned } from '../../objects/action/unplanned'
import { openCreate } from '../../objects/create/openCreate'
import { titleOf } from '../../objects/list/TitleCell'
import type { RecordPart } from '../../objects/Parts'
import css from './activity.module.css'
import { dueWords } from './due'
import { NextOffer } from './NextOffer'
import { isPlanned, nextStepQuery } from './queries'
import { useActivity } from './useActivity'

/** What waits for our answer, and the earliest open activity about the record, or that there is none. */
export function NextStep({ object, record }: RecordPart) {
  const waiting = typeof record.unanswered === 'number' ? record.unanswered : 0
  return (
    <>
      {waiting > 0 && (
        <p className={css.waiting}>
          <IconMailQuestion size={15} aria-hidden />
          <Plural value={waiting} one="# message is unanswered" other="# messages are unanswered" />
        </p>
      )}
      <Step object={object} record={record} />
    </>
  )
}

function Step({ object, record }: RecordPart) {
  const { t } = useLingui()
  const { object: activity, complete } = useActivity()
  const unplanned = useUnplanned()
  const query = useQuery(nextStepQuery(activity, object, record.id))
  if (!activity || !isPlanned(object) || !query.isSuccess || record.closed_at) return null
  const next = query.data.items[0]
  const plan = () =>
    openCreate({
      object: activity.name,
      values: {
        about: [{ object: object.name, id: record.id, title: titleOf(object, record) }],
        kind: 'task',
        due_on: format.addDays(format.today(), 1),
      },
      onCreated: () => undefined,
    })
  if (!next && typeof record.next_activity_at === 'string') {
    return (
      <section className={css.next} data-state="planned" aria-label={t`Next step`}>
        <h2 className={css.nextTitle}>
          <IconCalendarEvent size={15} aria-hidden />
          {t`A step that you may not see`}
        </h2>
        <p className={css.nextText}>{format.dateLong(record.next_activity_at)}</p>
      </section>
    )
  }
  if (!next && unplanned?.id === record.id) {
    return (
      <section className={css.next} data-state="none" aria-label={t`Next step`}>
        <NextOffer about={unplanned} onClose={() => askForPlan(null)} />
      </section>
    )
  }
  if (!next) {
    return (
      <section className={css.next} data-state="none" aria-label={t`Next step`}>
        <h2 className={css.nextTitle}>
          <IconBolt size={15} aria-hidden />
          {t`No next step`}
        </h2>
        <p className={css.nextText}>{t`Nothing is planned here. Deals with a plan are won more often.`}</p>
        {activity.access.create && (
          <Button variant="default" leftSection={<IconPlus size={14} />} onClick={plan}>
            {t`Plan one`}
          </Button>
        )}
      </section>
    )
  }
  return (
    <section className={css.next} data-state={next.status === 'overdue' ? 'late' : 'planned'} aria-label={t`Next step`}>
      <h2 className={css.nextTitle}>
        <IconCalendarEvent size={15} aria-hidden />
        <span className="trunc">{String(next.subject ?? '')}</span>
      </h2>
      <p className={css.nextText}>{[dueWords(next), linked(next.owner)?.title].filter(Boolean).join(' · ')}</p>
      {activity.access.update && (
        <Button variant="default" leftSection={<IconCheck size={14} />} onClick={() => void complete(next)}>
          {t`Mark done`}
        </Button>
      )}
    </section>
  )
}
