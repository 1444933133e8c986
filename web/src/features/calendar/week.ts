import { addDays, currentPlace } from '../../kit/format'

/** The first day of the week of a date, as the user's weeks begin. */
export function startOfWeek(date: string): string {
  const weekday = new Date(`${date}T12:00:00Z`).getUTCDay()
  return addDays(date, -((weekday + 7 - currentPlace().weekStart) % 7))
}

export function daysFrom(start: string, count: number): string[] {
  return Array.from({ length: count }, (_, at) => addDays(start, at))
}
