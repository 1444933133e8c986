import { Trans } from '@lingui/react/macro'
import { IconAlertTriangle, IconCalendarEvent, IconCircleCheck, IconClock } from '@tabler/icons-react'
import * as format from '../../kit/format'
import css from './deals.module.css'

/** The next step in a word and an icon: overdue, today, in some days, or none. */
export function NextWord({ at }: { at: unknown }) {
  const days = typeof at === 'string' && at ? format.daysFromToday(at) : null
  if (days === null) {
    return (
      <span className={css.next} data-kind="none">
        <IconClock size={14} aria-hidden />
        <Trans>No plan</Trans>
      </span>
    )
  }
  const late = -days
  if (days < 0) {
    return (
      <span className={`${css.next} num`} data-kind="late">
        <IconAlertTriangle size={14} aria-hidden />
        <Trans>{late} d overdue</Trans>
      </span>
    )
  }
  const Icon = days === 0 ? IconCircleCheck : IconCalendarEvent
  return (
    <span className={`${css.next} num`} data-kind={days === 0 ? 'today' : 'later'}>
      <Icon size={14} aria-hidden />
      {format.ahead(days)}
    </span>
  )
}
