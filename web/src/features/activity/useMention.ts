import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, type RefObject, useState } from 'react'
import { useModel } from '../../api/ModelContext'
import { shortListQuery } from '../../api/queries'

/** The @ that is being typed, if the caret stands behind one: from where, and what follows it so far. */
export function mentionAt(text: string, caret: number): { from: number; typed: string } | null {
  const match = /(?:^|[\s(（,，。])@([\p{L}\p{N}.'’-]*(?: [\p{L}\p{N}.'’-]*)?)$/u.exec(text.slice(0, caret))
  if (!match) return null
  const typed = match[1] ?? ''
  return { from: caret - typed.length - 1, typed }
}

const active = 'status == "active"'

/** Colleagues offered behind an @, and the keys that choose one. */
export function useMention(area: RefObject<HTMLTextAreaElement | null>, text: string, onText: (text: string) => void) {
  const users = useModel().object('user')
  const [caret, setCaret] = useState<number | null>(null)
  const [chosen, setChosen] = useState(0)
  const at = caret === null ? null : mentionAt(text, caret)
  const typed = at?.typed.trim()
  const filter = typed ? `${active} && name.contains(${JSON.stringify(typed)})` : active
  const query = useQuery(
    shortListQuery(
      'user',
      users?.path ?? '',
      {
        filter,
        fields: 'name,job_title',
        sort: 'name',
        limit: 6,
      },
      Boolean(users?.access.read) && at !== null,
    ),
  )
  const people = at ? (query.data?.items ?? []) : []

  function pick(name: string): void {
    if (!at || caret === null) return
    const before = `${text.slice(0, at.from)}@${name} `
    onText(before + text.slice(caret).replace(/^ /, ''))
    setCaret(null)
    requestAnimationFrame(() => {
      area.current?.focus()
      area.current?.setSelectionRange(before.length, before.length)
    })
  }

  /** True when the key was for the list. */
  function onKey(event: KeyboardEvent): boolean {
    if (people.length === 0) return false
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    const person = people[chosen % people.length]
    if (step !== 0) setChosen((chosen + step + people.length) % people.length)
    else if ((event.key === 'Enter' && !event.ctrlKey && !event.metaKey) || event.key === 'Tab')
      pick(String(person?.name))
    else if (event.key === 'Escape') setCaret(null)
    else return false
    event.preventDefault()
    event.stopPropagation()
    return true
  }

  return {
    people,
    chosen: people.length > 0 ? chosen % people.length : 0,
    pick,
    onKey,
    follow: () => {
      setChosen(0)
      setCaret(area.current?.selectionStart ?? null)
    },
    leave: () => setCaret(null),
  }
}
