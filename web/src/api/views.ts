import { queryOptions } from '@tanstack/react-query'
import { type Answer, ask, get } from './client'
import type { RecordData, View } from './model'

/** A view someone has saved: a record of the engine, shaped like the ones that ship with an object. */
export interface SavedView extends View {
  id: string
  version: number
  owner: string | null
  shared_with: string
}

const list = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [])
const text = (value: unknown): string | null => (typeof value === 'string' && value ? value : null)

function toView(record: RecordData): SavedView {
  return {
    id: record.id,
    version: record.version,
    name: record.id,
    label: String(record.name ?? ''),
    shape: text(record.shape) ?? 'table',
    filter: text(record.filter),
    columns: list(record.columns),
    widths: list(record.widths),
    pinned: typeof record.pinned === 'number' ? record.pinned : null,
    sort: text(record.sort),
    group: text(record.group),
    summaries: list(record.summaries),
    owner: text(record.owner),
    shared_with: text(record.shared_with) ?? 'me',
  }
}

export const savedViewsQuery = (object: string) =>
  queryOptions({
    queryKey: ['views', object],
    staleTime: 60_000,
    queryFn: async ({ signal }) => {
      const filter = `object == ${JSON.stringify(object)} && !has(archived_at)`
      const page = await get<{ items: RecordData[] }>(
        '/saved_views',
        { filter, sort: 'position,name', limit: 100 },
        signal,
      )
      return page.items.map(toView)
    },
  })

export interface ViewDraft {
  name: string
  object: string
  shape: string
  filter: string | null
  columns: string[]
  widths: string[]
  pinned: number | null
  sort: string | null
  group: string | null
  summaries: string[]
  shared_with: string
}

export async function saveView(draft: ViewDraft): Promise<SavedView> {
  const { data } = await ask<RecordData>('POST', '/saved_views', { body: draft })
  return toView(data)
}

export async function updateView(id: string, draft: Partial<ViewDraft>): Promise<Answer<RecordData>> {
  return ask('PATCH', `/saved_views/${id}`, { body: draft })
}

export async function deleteView(id: string): Promise<Answer<null>> {
  return ask('DELETE', `/saved_views/${id}`)
}
