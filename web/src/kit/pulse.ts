/** Twelve weeks of touches, oldest first, and what they say. */
export interface PulseState {
  total: number
  recent: number
  /** Once active, silent for the last four weeks: someone should call. */
  quiet: boolean
}

export function readPulse(weeks: number[]): PulseState {
  const sum = (list: number[]) => list.reduce((total, week) => total + week, 0)
  const total = sum(weeks)
  const recent = sum(weeks.slice(-4))
  return { total, recent, quiet: total > 0 && recent === 0 }
}

/** Height of each bar as a share of the whole, 0 for a silent week. One busy week must not flatten the rest. */
export function barHeights(weeks: number[]): number[] {
  const top = Math.max(5, Math.min(12, ...[Math.max(...weeks, 0)]))
  return weeks.map((week) => Math.min(1, week / top))
}
