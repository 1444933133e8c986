import type { ReactNode } from 'react'
import type { RecordData } from '../../api/model'

/** An action asked for from anywhere: a button, a drop, the palette. */
export interface ActionAsk {
  object: string
  record: RecordData
  action: string
  /** Already decided, such as the outcome of a drop on Won. */
  input?: Record<string, unknown>
  /** What it is called here, when that says more than the action's own name: Won, Lost. */
  label?: ReactNode
  onDone?: () => void
}

let current: ActionAsk | null = null
const listeners = new Set<() => void>()

export function openAction(ask: ActionAsk | null): void {
  current = ask
  for (const listener of listeners) listener()
}

export const currentAction = () => current

export function onAction(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
