import { useSyncExternalStore } from 'react'

let sentence = ''
const listeners = new Set<() => void>()

/** Tells screen readers what has just changed. */
export function say(text: string): void {
  sentence = sentence === text ? `${text} ` : text
  for (const listener of listeners) listener()
}

export function Live() {
  const text = useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => sentence,
  )
  return (
    <div className="hidden-label" role="status" aria-live="assertive">
      {text}
    </div>
  )
}
