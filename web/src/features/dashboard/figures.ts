import type { Report, ReportCell } from '../../api/queries'
import { addDays } from '../../kit/format'

export function amountOf(cell: ReportCell | undefined): number {
  return cell && typeof cell === 'object' && 'amount' in cell ? Number(cell.amount) : Number(cell ?? 0)
}

export function labelOf(cell: ReportCell | undefined): string {
  if (cell && typeof cell === 'object' && 'title' in cell) return cell.title
  return String(cell ?? '')
}

export function idOf(cell: ReportCell | undefined): string {
  if (cell && typeof cell === 'object' && 'id' in cell) return cell.id
  return String(cell ?? '')
}

/** The days of last month that match the days of this month so far: the 1st to today's day, or to its end. */
export function sameDaysLastMonth(today: string): { from: string; until: string } {
  const first = `${today.slice(0, 7)}-01`
  const lastOfBefore = addDays(first, -1)
  const from = `${lastOfBefore.slice(0, 7)}-01`
  const day = Math.min(Number(today.slice(8, 10)), Number(lastOfBefore.slice(8, 10)))
  return { from, until: `${from.slice(0, 8)}${String(day).padStart(2, '0')}` }
}

/** The first days of the last `count` months, oldest first, this month included. */
export function lastMonths(today: string, count: number): string[] {
  const out: string[] = []
  let first = `${today.slice(0, 7)}-01`
  for (let at = 0; at < count; at++) {
    out.unshift(first)
    first = `${addDays(first, -1).slice(0, 7)}-01`
  }
  return out
}

/** Sums by month of a report, with zeroes where nothing happened. */
export function byMonth(report: Report | undefined, group: string, measure: string, months: string[]): number[] {
  const sums = new Map(
    (report?.rows ?? []).map((row) => [String(row[group] ?? '').slice(0, 7), amountOf(row[measure])]),
  )
  return months.map((month) => sums.get(month.slice(0, 7)) ?? 0)
}

export interface WinRate {
  /** In hundredths; null under five closed ones, for that says nothing. */
  rate: number | null
  won: number
  closed: number
}

const fewest = 5

/** Win rate = won / (won + lost), by closing date. */
export function winRate(report: Report | undefined): WinRate {
  const count = (status: string) => Number(report?.rows.find((row) => row.status === status)?.count ?? 0)
  const won = count('won')
  const closed = won + count('lost')
  return { rate: closed < fewest ? null : (won / closed) * 100, won, closed }
}

/** Change against before, in hundredths; null when there was nothing before. */
export function change(now: number, before: number): number | null {
  return before > 0 ? ((now - before) / before) * 100 : null
}
