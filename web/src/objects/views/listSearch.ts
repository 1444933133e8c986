/** What the address of a list holds, so that Back, reload and sharing all work. */
export interface ListSearch {
  view?: string
  filter?: string
  sort?: string
  columns?: string
  pinned?: string
  shape?: string
  group?: string
  q?: string
  who?: 'mine' | 'team'
  scope?: string
  period?: string
  peek?: string
}

const texts = ['view', 'filter', 'sort', 'columns', 'pinned', 'shape', 'group', 'q', 'scope', 'period', 'peek'] as const

/** What is the same in all views of an object, and as one left it the last time. */
const lasting = ['q', 'who', 'scope', 'period'] as const

export const lastingOf = (search: ListSearch): ListSearch =>
  Object.fromEntries(lasting.flatMap((name) => (search[name] ? [[name, search[name]]] : [])))

export const touchesLasting = (changes: ListSearch) => lasting.some((name) => name in changes)

/** An address may be typed by hand: only what is known and well formed is taken. */
export function readListSearch(search: Record<string, unknown>): ListSearch {
  const out: ListSearch = {}
  for (const name of texts) {
    const value = search[name]
    if (typeof value === 'string') out[name] = value
    else if (typeof value === 'number') out[name] = String(value)
  }
  if (search.who === 'mine' || search.who === 'team') out.who = search.who
  return out
}
