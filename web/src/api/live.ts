import type { QueryClient } from '@tanstack/react-query'
import { dropAhead } from './ahead'
import { isPages, put } from './cache'
import { get } from './client'
import { holdLine } from './line'
import type { RecordData } from './model'
import type { ModelIndex } from './ModelIndex'
import type { ListAsk, Page } from './queries'
import { reread } from './reread'
import { ends, opens, stands } from './standing'

export interface LiveChange {
  object: string
  id: string
  /** Absent where a value was computed anew, which makes no version. */
  version?: number
  kind: string
  fields?: string[]
  actor?: { kind: string; id: string | null; name: string | null }
  at?: string
}

type Listener = (change: LiveChange) => void
const listeners = new Set<Listener>()

/** Parts that must know of each change by themselves: a list that says what is new. */
export function onChange(listener: Listener): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

const settle = 120
/** Read by themselves, whatever happens to records. */
const kept = ['model', 'session']
/** After this long the cards of other objects have followed what was done about them: plans, touches, temperature. */
const followed = 500

let running: (() => void) | undefined

/**
 * Listens to the one stream of changes and keeps what is on the screen true; gives back how to end it. The page begins
 * to listen before it reads anything, so that nothing has to be read again when the stream stands; whoever asks later
 * gets the one that runs.
 */
export function startLive(
  client: QueryClient,
  model: () => ModelIndex | undefined,
  pulseOfPage?: string | undefined,
): () => void {
  running ??= listen(client, model, pulseOfPage)
  return stop
}

function stop(): void {
  running?.()
  running = undefined
  ends()
}

function listen(client: QueryClient, model: () => ModelIndex | undefined, pulseOfPage?: string): () => void {
  const waiting = new Map<string, LiveChange>()
  let timer: ReturnType<typeof setTimeout> | undefined
  let later: ReturnType<typeof setTimeout> | undefined
  let anew: ReturnType<typeof setTimeout> | undefined
  let patches = Promise.resolve()
  let greeted = false

  function flush(): void {
    timer = undefined
    const index = model()
    const changes = [...waiting.values()]
    waiting.clear()
    if (!index) return
    rereadChanged(client, changes)
    if (changes.some(({ object }) => index.object(object)?.fields.some((field) => field.to === 'any')))
      later ??= setTimeout(() => {
        later = undefined
        reread(client, { queryKey: ['board'] })
      }, followed)
    for (const change of changes) {
      if (/(updated|kept)$/.test(change.kind)) patches = patches.then(() => patchLists(client, index, change))
      for (const listener of listeners) listener(change)
    }
  }

  opens(pulseOfPage)
  const end = holdLine('/api/v1/live', {
    begun: (data) => {
      const { pulse } = JSON.parse(data) as { pulse?: string }
      const missed = stands(pulse) || greeted
      if (missed) {
        dropAhead()
        reread(client, {
          predicate: ({ queryKey: [kind], state }) =>
            !kept.includes(String(kind)) && (greeted || state.dataUpdatedAt > 0 || state.fetchStatus !== 'idle'),
        })
      }
      greeted = true
    },
    events: {
      change: (data) => {
        const change = JSON.parse(data) as LiveChange
        dropAhead()
        waiting.set(`${change.object} ${change.id} ${change.kind}`, change)
        timer ??= setTimeout(flush, settle)
      },
      // Somebody set up fields, options or rights anew: what the screens are drawn from is read again, then what is on them.
      model: () => {
        dropAhead()
        reread(client, { queryKey: ['model'] })
        clearTimeout(anew)
        anew = setTimeout(
          () => reread(client, { predicate: ({ queryKey: [kind] }) => !kept.includes(String(kind)) }),
          followed,
        )
      },
    },
  })
  return () => {
    clearTimeout(timer)
    clearTimeout(later)
    clearTimeout(anew)
    end()
  }
}

function rereadChanged(client: QueryClient, changes: LiveChange[]): void {
  for (const object of new Set(changes.map((change) => change.object)))
    for (const kind of ['report', 'short', 'board']) reread(client, { queryKey: [kind, object] })
  reread(client, { queryKey: ['timeline'] })
  for (const { object, id } of changes)
    for (const kind of ['record', 'history']) reread(client, { queryKey: [kind, object, id] })
}

/** A changed row is read again and put in its place; the order stays, so no row moves under the pointer. */
async function patchLists(client: QueryClient, model: ModelIndex, change: LiveChange): Promise<void> {
  const path = model.object(change.object)?.path
  if (!path) return
  for (const query of client.getQueryCache().findAll({ queryKey: ['list', change.object] })) {
    // What is being read may still be the row before; with nothing asked for this is the answer under way.
    if (query.state.fetchStatus !== 'idle') await query.fetch().catch(() => undefined)
    const shown = rowOf(query.state.data, change.id)
    if (!shown || (change.version !== undefined && shown.version >= change.version)) continue
    const { expand, fields } = query.queryKey[2] as ListAsk
    const fresh = await get<RecordData>(`/${path}/${change.id}`, { expand, fields }).catch(() => null)
    const now = query.state.data as { pages: Page[]; pageParams: string[] } | undefined
    if (!fresh || !now) continue
    const items = (page: Page) => page.items.map((item) => (item.id === fresh.id ? fresh : item))
    put(client, query.queryKey, { ...now, pages: now.pages.map((page) => ({ ...page, items: items(page) })) })
  }
}

function rowOf(data: unknown, id: string): RecordData | undefined {
  const list = data as Parameters<typeof isPages>[0]
  return isPages(list) ? list.pages.flatMap((page) => page.items).find((item) => item.id === id) : undefined
}
