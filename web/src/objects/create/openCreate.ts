/** Which record is being created, asked for from anywhere: a key, a button, the palette. */
export interface CreateAsk {
  object: string
  values?: Record<string, unknown>
  onCreated?: (record: { id: string; title: string }) => void
}

let current: CreateAsk | null = null
const listeners = new Set<() => void>()

export function openCreate(ask: CreateAsk | null): void {
  current = ask
  for (const listener of listeners) listener()
}

export const currentCreate = () => current

export function onCreate(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
