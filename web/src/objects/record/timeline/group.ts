import { t } from '@lingui/core/macro'
import type { TimelineItem } from '../../../api/timeline'
import { currentPlace, dayOf, daysFromToday, monthLong } from '../../../kit/format'

/** A run: several small changes by one person in a row, shown as one line that opens. */
export type Entry = { kind: 'one'; item: TimelineItem } | { kind: 'run'; items: TimelineItem[] }

export interface DayGroup {
  label: string
  entries: Entry[]
}

const runFrom = 3

/** Groups by words a person would use; what lies ahead of today stands on top. */
export function groupByDay(items: TimelineItem[]): DayGroup[] {
  const groups: { label: string; items: TimelineItem[] }[] = []
  for (const item of items) {
    const label = dayWord(item.at)
    const last = groups.at(-1)
    if (last?.label === label) last.items.push(item)
    else groups.push({ label, items: [item] })
  }
  return groups.map((group) => ({ label: group.label, entries: foldRuns(group.items) }))
}

export function dayWord(at: string): string {
  const days = daysFromToday(at)
  if (days > 1) return t`Ahead`
  if (days === 1) return t`Tomorrow`
  if (days === 0) return t`Today`
  if (days === -1) return t`Yesterday`
  const sinceStart = (weekday(dayOf(new Date())) + 7 - currentPlace().weekStart) % 7
  if (-days <= sinceStart) return t`This week`
  if (-days <= sinceStart + 7) return t`Last week`
  return monthLong(dayOf(at))
}

const weekday = (date: string) => new Date(`${date}T12:00:00Z`).getUTCDay()

export function isChange(item: TimelineItem): boolean {
  return !item.activity && item.kind.endsWith('updated')
}

function foldRuns(items: TimelineItem[]): Entry[] {
  const entries: Entry[] = []
  let run: TimelineItem[] = []
  const close = () => {
    if (run.length >= runFrom) entries.push({ kind: 'run', items: run })
    else entries.push(...run.map((item): Entry => ({ kind: 'one', item })))
    run = []
  }
  for (const item of items) {
    if (isChange(item) && (run.length === 0 || sameHand(run[0], item))) run.push(item)
    else {
      close()
      if (isChange(item)) run.push(item)
      else entries.push({ kind: 'one', item })
    }
  }
  close()
  return entries
}

function sameHand(a: TimelineItem | undefined, b: TimelineItem): boolean {
  return a?.actor?.id === b.actor?.id && a?.record === b.record
}

/** What the filter pills ask for: everything, one kind of activity, or the changes. */
export function matchesPill(item: TimelineItem, pill: string): boolean {
  if (pill === 'all') return true
  if (pill === 'changes') return !item.activity
  return item.activity?.kind === pill
}
