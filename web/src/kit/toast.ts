import type { ReactNode } from 'react'

/** One thing to tell the user, with at most one thing to do about it. Errors stay until they are closed. */
export interface Toast {
  id: number
  message: ReactNode
  kind: 'done' | 'error'
  action?: { label: string; run: () => void }
}

let next = 1
let current: Toast | null = null
const listeners = new Set<() => void>()

function publish(toast: Toast | null): void {
  current = toast
  for (const listener of listeners) listener()
}

export function showToast(toast: Omit<Toast, 'id' | 'kind'> & { kind?: Toast['kind'] }): void {
  publish({ kind: 'done', ...toast, id: next++ })
}

export function hideToast(id?: number): void {
  if (id === undefined || current?.id === id) publish(null)
}

export function currentToast(): Toast | null {
  return current
}

export function onToast(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
