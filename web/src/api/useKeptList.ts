import { hashKey, useQuery } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { useSession } from './ModelContext'
import { type ListAsk, type Page, shortListQuery } from './queries'

const prefix = 'legame.kept.'

/**
 * A short list, and until its answer has come what it was at this person's last visit: for lists that hardly ever
 * change and that more must be asked about, such as the stages whose cards a board shows.
 */
export function useKeptList(object: string, path: string, ask: ListAsk, enabled = true) {
  const user = useSession().user.id
  const asked = shortListQuery(object, path, ask, enabled)
  const key = `${prefix}${user} ${hashKey(asked.queryKey)}`
  const before = useMemo(() => (enabled ? read(key) : undefined), [key, enabled])
  const query = useQuery({ ...asked, placeholderData: before })
  const fresh = query.isPlaceholderData ? undefined : query.data
  useEffect(() => {
    if (fresh) keep(key, fresh)
  }, [key, fresh])
  return query
}

/** Whoever signs in next on this device finds nothing of it. */
export function forgetLists(): void {
  for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) localStorage.removeItem(key)
}

function read(key: string): Page | undefined {
  try {
    return (JSON.parse(localStorage.getItem(key) ?? 'null') as Page | null) ?? undefined
  } catch {
    return undefined
  }
}

function keep(key: string, page: Page): void {
  const text = JSON.stringify(page)
  if (localStorage.getItem(key) === text) return
  try {
    localStorage.setItem(key, text)
  } catch {
    // A full or forbidden store only means that the next visit asks first.
  }
}
