import { type InfiniteData, type QueryClient, type QueryKey, replaceEqualDeep } from '@tanstack/react-query'
import type { RecordData } from './model'
import type { Page } from './queries'

type Pages = InfiniteData<Page>
type Cached = Pages | Page | RecordData | undefined

/** Values that are on their way to the server, by record: an answer that was read before them does not hide them. */
const underway = new Map<string, Record<string, unknown>[]>()

/** Shows values in everything that is read until the function that is given back is called. */
export function showUnderway(id: string, values: Record<string, unknown>): () => void {
  underway.set(id, [...(underway.get(id) ?? []), values])
  return () => {
    const rest = underway.get(id)?.filter((other) => other !== values) ?? []
    if (rest.length > 0) underway.set(id, rest)
    else underway.delete(id)
  }
}

/**
 * What a place holds after an answer: answers may come in another order than they were asked for, so an older version
 * of a record never replaces a newer one.
 */
export function newest(held: unknown, answer: unknown): unknown {
  const known = new Map(records(held as Cached).map((record) => [record.id, record]))
  const merged = mapped(answer as Cached, (record) => {
    const before = known.get(record.id)
    const latest = before && before.version > record.version ? before : record
    const values = underway.get(record.id)
    return values ? (Object.assign({}, latest, ...values) as RecordData) : latest
  })
  return replaceEqualDeep(held, merged)
}

/** A value put in by hand is no reading: what was to be read again still is. */
export function put(client: QueryClient, key: QueryKey, data: Cached): void {
  const query = client.getQueryCache().find({ queryKey: key, exact: true })
  const { isInvalidated = false, dataUpdatedAt } = query?.state ?? {}
  client.setQueryData(key, data, dataUpdatedAt === undefined ? {} : { updatedAt: dataUpdatedAt })
  if (isInvalidated) query?.invalidate()
}

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
      put(client, key, patched(data, id, values))
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
    const names = Object.keys(values).filter((name) => JSON.stringify(now[name]) === JSON.stringify(values[name]))
    put(client, key, patched(data, id, Object.fromEntries(names.map((name) => [name, before[name]]))))
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

const patched = (data: Cached, id: string, values: Record<string, unknown>): Cached =>
  mapped(data, (record) => (record.id === id ? { ...record, ...values } : record))

function mapped(data: Cached, change: (record: RecordData) => RecordData): Cached {
  if (!data) return data
  if (isPages(data)) return { ...data, pages: data.pages.map((page) => ({ ...page, items: page.items.map(change) })) }
  if ('items' in data && Array.isArray(data.items)) return { ...data, items: (data.items as RecordData[]).map(change) }
  return change(data as RecordData)
}
