import type { InfiniteData, QueryClient } from '@tanstack/react-query'
import type { RecordData } from './model'
import type { Page } from './queries'

type Pages = InfiniteData<Page>
type Cached = Pages | Page | RecordData | undefined

/** What was in the cache before a change, to put it back when the server refuses. */
export type Snapshot = [readonly unknown[], unknown][]

/** Puts new values of one record wherever it is shown: lists, boards, related lists, its page. */
export function patchRecord(
  client: QueryClient,
  object: string,
  id: string,
  values: Record<string, unknown>,
): Snapshot {
  const before: Snapshot = []
  for (const kind of ['list', 'board', 'short', 'record']) {
    for (const [key, data] of client.getQueriesData<Cached>({ queryKey: [kind, object] })) {
      const next = patched(data, id, values)
      if (next === data) continue
      before.push([key, data])
      client.setQueryData(key, next)
    }
  }
  return before
}

export function restore(client: QueryClient, snapshot: Snapshot): void {
  for (const [key, data] of snapshot) client.setQueryData(key, data)
}

export function findRecord(client: QueryClient, object: string, id: string): RecordData | undefined {
  for (const kind of ['record', 'list', 'board', 'short']) {
    for (const [, data] of client.getQueriesData<Cached>({ queryKey: [kind, object] })) {
      const found = records(data).find((record) => record.id === id)
      if (found) return found
    }
  }
  return undefined
}

export function isPages(data: Cached): data is Pages {
  return Boolean(data && 'pages' in data)
}

function records(data: Cached): RecordData[] {
  if (!data) return []
  if (isPages(data)) return data.pages.flatMap((page) => page.items)
  if ('items' in data && Array.isArray(data.items)) return data.items as RecordData[]
  return 'id' in data ? [data as RecordData] : []
}

function patched(data: Cached, id: string, values: Record<string, unknown>): Cached {
  if (!records(data).some((record) => record.id === id)) return data
  const change = (items: RecordData[]) => items.map((item) => (item.id === id ? { ...item, ...values } : item))
  if (isPages(data)) return { ...data, pages: data.pages.map((page) => ({ ...page, items: change(page.items) })) }
  if (data && 'items' in data) return { ...data, items: change(data.items as RecordData[]) }
  return { ...(data as RecordData), ...values }
}
