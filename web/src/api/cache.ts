import type { InfiniteData, QueryClient } from '@tanstack/react-query'
import type { RecordData } from './model'
import type { Page } from './queries'

type Pages = InfiniteData<Page>
type Cached = Pages | Page | RecordData | undefined

/** What one record was in each place before a change, to put it back when the server refuses. */
export interface Snapshot {
  id: string
  values: Record<string, unknown>
  places: [readonly unknown[], RecordData][]
}

/** Puts new values of one record wherever it is shown: lists, boards, related lists, its page. */
export function patchRecord(
  client: QueryClient,
  object: string,
  id: string,
  values: Record<string, unknown>,
): Snapshot {
  const places: Snapshot['places'] = []
  for (const kind of ['list', 'board', 'short', 'record']) {
    for (const [key, data] of client.getQueriesData<Cached>({ queryKey: [kind, object] })) {
      const before = records(data).find((record) => record.id === id)
      if (!before) continue
      places.push([key, before])
      client.setQueryData(key, patched(data, id, values))
    }
  }
  return { id, values, places }
}

/** Takes the values back, except where news from the server has come over them meanwhile. */
export function restore(client: QueryClient, { id, values, places }: Snapshot): void {
  for (const [key, before] of places) {
    const data = client.getQueryData<Cached>(key)
    const now = records(data).find((record) => record.id === id)
    if (!now) continue
    const names = Object.keys(values).filter((name) => now[name] === values[name])
    client.setQueryData(key, patched(data, id, Object.fromEntries(names.map((name) => [name, before[name]]))))
  }
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
  const change = (items: RecordData[]) => items.map((item) => (item.id === id ? { ...item, ...values } : item))
  if (isPages(data)) return { ...data, pages: data.pages.map((page) => ({ ...page, items: change(page.items) })) }
  if (data && 'items' in data) return { ...data, items: change(data.items as RecordData[]) }
  return { ...(data as RecordData), ...values }
}
