import type { Api, Row } from './api'
import { expect } from './test'

type Cell = number | string | null | { amount: string } | { id: string; title: string }
type Measure = { fn: string; field?: string }
const ask = async (api: Api, object: string, filter: string, measures: Measure[], group_by: { field: string }[] = []) =>
  (await api.send<{ rows: Record<string, Cell>[] }>('POST', 'query', { object, filter, measures, group_by })).rows
export const money = (cell: unknown) => Number((cell as { amount: string } | null | undefined)?.amount ?? 0)
export const title = (cell: unknown) => (cell as { title: string } | null)?.title ?? ''
export const idOf = (cell: unknown) => (cell as { id: string } | null)?.id ?? ''

/** How many records meet a filter. */
export async function count(api: Api, object: string, filter: string): Promise<number> {
  return Number((await ask(api, object, filter, [{ fn: 'count' }]))[0]?.count)
}

/** The sum of a money field, in euro. */
export async function sum(api: Api, object: string, filter: string, field: string): Promise<number> {
  return money((await ask(api, object, filter, [{ fn: 'sum', field }]))[0]?.[`sum_${field}`])
}

/** All records of a list, page after page. */
export async function all(api: Api, path: string, query: Record<string, string>): Promise<Row[]> {
  const items: Row[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const more: Record<string, string> = cursor ? { cursor } : {}
    const page: { items: Row[]; next_cursor: string | null } = await api.page<Row>(path, {
      limit: '500',
      ...query,
      ...more,
    })
    items.push(...page.items)
    cursor = page.next_cursor
  }
  return items
}

/** The one record that meets a filter. */
export async function only(api: Api, path: string, filter: string): Promise<Row> {
  const found = await api.list(path, { filter })
  expect(found.length, filter).toBe(1)
  return found[0] as Row
}

export interface Change {
  event: string
  at: string
  actor: { name: string | null } | null
  origin?: { name: string | null } | null
  field: string
  after: unknown
}
/** Every change of every field, newest first. */
export const history = async (api: Api, path: string, id: string) =>
  (await api.page<Change>(`${path}/${id}/history`)).items
