import { useSyncExternalStore } from 'react'

/** A record that a verb left without a plan, since the last thing about it was finished. */
export interface Unplanned {
  object: string
  id: string
}

let waiting: Unplanned | null = null
const listeners = new Set<() => void>()

/** The next step of this record is asked for where one looks; null when it was answered or is not wanted. */
export function askForPlan(left: Unplanned | null): void {
  waiting = left
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const useUnplanned = (): Unplanned | null => useSyncExternalStore(subscribe, () => waiting)
