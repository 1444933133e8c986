import { useQueryClient } from '@tanstack/react-query'
import { useLocation } from '@tanstack/react-router'
import type { Page } from '../../api/queries'

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** The list from which a record was opened. */
    list?: string
  }
}

interface Neighbours {
  list?: string
  at: number | null
  total: string
  previous?: string
  next?: string
}

/** Where the record stands in the list one came from; nothing when one came from elsewhere or that list is forgotten. */
export function useNeighbours(id: string): Neighbours {
  const list = useLocation({ select: (location) => location.state.list })
  const data = useQueryClient()
    .getQueryCache()
    .get(list ?? '')?.state.data as { pages: Page[] } | undefined
  const ids = data?.pages.flatMap((page) => page.items.map((item) => item.id)) ?? []
  const at = ids.indexOf(id)
  if (at < 0) return { at: null, total: '' }
  const more = data?.pages.at(-1)?.next_cursor ? '+' : ''
  return { list, at, total: `${ids.length}${more}`, previous: ids[at - 1], next: ids[at + 1] }
}
