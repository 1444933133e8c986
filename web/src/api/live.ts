import type { QueryClient } from '@tanstack/react-query'
import { isPages } from './cache'
import { get } from './client'
import type { RecordData } from './model'
import type { ModelIndex } from './ModelIndex'
import type { ListAsk, Page } from './queries'

export interface LiveChange {
  object: string
  id: string
  version: number
  kind: string
  fields?: string[]
  actor?: { kind: string; id: string | null; name: string | null }
  at: string
}

type Listener = (change: LiveChange) => void
const listeners = new Set<Listener>()

/** Parts that must know of each change by themselves: a board that waits with it while a card is dragged. */
export function onChange(listener: Listener): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

const settle = 120
/** After this long the cards of other objects have followed what was done about them: plans, touches, temperature. */
const followed = 500
let held = false
let afterHold: (() => void) | null = null

/** While a card is in the air nothing under it may move; what arrives meanwhile is shown afterwards. */
export function holdLive(on: boolean): void {
  held = on
  if (!on) {
    afterHold?.()
    afterHold = null
  }
}

/** Listens to the one stream of changes and keeps what is on the screen true. */
export function startLive(client: QueryClient, model: () => ModelIndex | undefined): () => void {
  const source = new EventSource('/api/v1/live')
  const waiting = new Map<string, LiveChange>()
  let timer: ReturnType<typeof setTimeout> | undefined
  let greeted = false

  function flush(): void {
    timer = undefined
    if (held) {
      afterHold = flush
      return
    }
    const changes = [...waiting.values()]
    waiting.clear()
    void take(client, model(), changes)
  }

  // What was read before the line stood, or while it was down, may have changed unheard.
  source.addEventListener('hello', () => {
    void client.invalidateQueries({
      predicate: ({ queryKey: [kind], state }) =>
        kind !== 'model' && kind !== 'session' && (greeted || state.dataUpdatedAt > 0 || state.fetchStatus !== 'idle'),
    })
    greeted = true
  })
  source.addEventListener('change', (event) => {
    const change = JSON.parse((event as MessageEvent<string>).data) as LiveChange
    waiting.set(`${change.object} ${change.id} ${change.kind}`, change)
    timer ??= setTimeout(flush, settle)
  })
  // Somebody set up fields or options anew: what the screens are drawn from is read again.
  source.addEventListener('model', () => void client.invalidateQueries({ queryKey: ['model'] }))
  return () => {
    clearTimeout(timer)
    source.close()
  }
}

async function take(client: QueryClient, model: ModelIndex | undefined, changes: LiveChange[]): Promise<void> {
  if (!model) return
  const objects = new Set(changes.map((change) => change.object))
  for (const object of objects) {
    void client.invalidateQueries({ queryKey: ['report', object] })
    void client.invalidateQueries({ queryKey: ['short', object] })
    void client.invalidateQueries({ queryKey: ['board', object] })
  }
  void client.invalidateQueries({ queryKey: ['timeline'] })
  if ([...objects].some((object) => model.object(object)?.fields.some((field) => field.to === 'any')))
    setTimeout(() => void client.invalidateQueries({ queryKey: ['board'] }), followed)
  for (const change of changes) {
    void client.invalidateQueries({ queryKey: ['record', change.object, change.id] })
    if (change.kind.endsWith('updated')) await patchLists(client, model, change)
    for (const listener of listeners) listener(change)
  }
}

/** A changed row is read again and put in its place; the order stays, so no row moves under the pointer. */
async function patchLists(client: QueryClient, model: ModelIndex, change: LiveChange): Promise<void> {
  const path = model.object(change.object)?.path
  if (!path) return
  for (const [key, data] of client.getQueriesData<{ pages: Page[] }>({ queryKey: ['list', change.object] })) {
    if (!data || !isPages(data as never)) continue
    const shown = data.pages.flatMap((page) => page.items).find((item) => item.id === change.id)
    if (!shown || shown.version >= change.version) continue
    const { expand, fields } = key[2] as ListAsk
    const fresh = await get<RecordData>(`/${path}/${change.id}`, { expand, fields }).catch(() => null)
    if (!fresh) continue
    client.setQueryData<{ pages: Page[] }>(
      key,
      (now) =>
        now && {
          ...now,
          pages: now.pages.map((page) => ({
            ...page,
            items: page.items.map((item) => (item.id === fresh.id ? fresh : item)),
          })),
        },
    )
  }
}
