import { addDays, today } from '../../kit/format'
import { daysFrom, startOfWeek } from './week'

export const shapes = ['day', 'week', 'month', 'agenda'] as const
export type Shape = (typeof shapes)[number]

const agendaDays = 14
const weekDays = 7

export interface Range {
  /** The days that are shown. */
  days: string[]
  /** The day that the range is about, for a month one within it. */
  day: string
  earlier: string
  later: string
}

const firstOfMonth = (day: string) => `${day.slice(0, 7)}-01`
const nextMonth = (day: string) => firstOfMonth(addDays(firstOfMonth(day), 32))

/** Which days a shape shows around a day, and where earlier and later lead. */
export function rangeOf(shape: Shape, day = today()): Range {
  if (shape === 'day') return { days: [day], day, earlier: addDays(day, -1), later: addDays(day, 1) }
  if (shape === 'month') {
    const first = firstOfMonth(day)
    const start = startOfWeek(first)
    const last = startOfWeek(addDays(nextMonth(day), -1))
    const weeks = Math.round((Date.parse(last) - Date.parse(start)) / (weekDays * 86_400_000)) + 1
    return {
      days: daysFrom(start, weeks * weekDays),
      day: first,
      earlier: firstOfMonth(addDays(first, -1)),
      later: nextMonth(day),
    }
  }
  const length = shape === 'week' ? weekDays : agendaDays
  const start = startOfWeek(day)
  return { days: daysFrom(start, length), day: start, earlier: addDays(start, -length), later: addDays(start, length) }
}
