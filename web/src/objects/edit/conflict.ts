import type { Field, ObjectModel } from '../../api/model'

/** Two people changed one field: both values, and the choice between them. */
export interface Conflict {
  object: ObjectModel
  field: Field
  mine: unknown
  theirs: unknown
  by: string | null
  keepMine: () => Promise<void>
  takeTheirs: () => void
}

let current: Conflict | null = null
const listeners = new Set<() => void>()

export function openConflict(conflict: Conflict | null): void {
  current = conflict
  for (const listener of listeners) listener()
}

export const currentConflict = () => current

export function onConflict(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
