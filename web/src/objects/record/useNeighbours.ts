import { useQueryClient } from '@tanstack/react-query'
import type { ObjectModel } from '../../api/model'
import type { Page } from '../../api/queries'

interface Neighbours {
  at: number | null
  total: string
  previous?: string
  next?: string
}

/** Where the record stands in the list one came from, when that list is still at hand. */
export function useNeighbours(object: ObjectModel, id: string): Neighbours {
  const client = useQueryClient()
  const lists = client
    .getQueryCache()
    .findAll({ queryKey: ['list', object.name] })
    .sort((a, b) => b.state.dataUpdatedAt - a.state.dataUpdatedAt)
  for (const query of lists) {
    const data = query.state.data as { pages: Page[] } | undefined
    const ids = data?.pages.flatMap((page) => page.items.map((item) => item.id)) ?? []
    const at = ids.indexOf(id)
    if (at < 0) continue
    const more = data?.pages.at(-1)?.next_cursor ? '+' : ''
    return { at, total: `${ids.length}${more}`, previous: ids[at - 1], next: ids[at + 1] }
  }
  return { at: null, total: '' }
}
