import { useCallback, useState } from 'react'
import { atZone, clock } from '../../kit/date'
import { addDays, today } from '../../kit/format'
import type { Composed } from './kinds'

/** What is being written on a record and not saved yet. */
export interface Draft {
  kind: Composed
  text: string
  open: boolean
  /** To be done, not done already. */
  planned: boolean
  outcome: string | null
  /** Day it was done or is due; null is now, or tomorrow when planned. */
  day: string | null
  /** A rule of RFC 5545 by which it comes back. */
  repeat: string | null
}

export const emptyDraft: Draft = {
  kind: 'note',
  text: '',
  open: false,
  planned: false,
  outcome: null,
  day: null,
  repeat: null,
}

function read(key: string): Draft {
  try {
    const stored = sessionStorage.getItem(key)
    return stored ? { ...emptyDraft, ...(JSON.parse(stored) as Partial<Draft>), open: false } : emptyDraft
  } catch {
    return emptyDraft
  }
}

/** A draft outlives going to another page and coming back. */
export function useDraft(record: string): [Draft, (changes: Partial<Draft>) => void] {
  const key = `legame.draft.${record}`
  const [draft, setDraft] = useState(() => read(key))
  const set = useCallback(
    (changes: Partial<Draft>) => {
      setDraft((before) => {
        const next = { ...before, ...changes }
        if (next.text) sessionStorage.setItem(key, JSON.stringify(next))
        else sessionStorage.removeItem(key)
        return next
      })
    },
    [key],
  )
  return [draft, set]
}

const longestSubject = 80

/** A task is named by its first line; for the rest the server makes a name from kind and text. */
export function toValues(
  draft: Draft,
  about: { object: string; id: string },
  now = new Date(),
): Record<string, unknown> {
  const [first = '', ...rest] = draft.text.trim().split('\n')
  const isTask = draft.kind === 'task'
  const values: Record<string, unknown> = { kind: draft.kind, about: [about] }
  if (isTask || draft.planned) {
    values.subject = first.slice(0, longestSubject) || undefined
    values.body = first.length > longestSubject ? draft.text.trim() : rest.join('\n').trim() || undefined
    if (draft.repeat) values.repeat = draft.repeat
    values.due_on = draft.day ?? addDays(today(), 1)
  } else {
    values.body = draft.text.trim() || undefined
    values.done_at =
      draft.day && draft.day !== today() ? atZone(draft.day, clock(now.toISOString())) : now.toISOString()
    if (draft.outcome) values.outcome = draft.outcome
  }
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
}
