import { InfiniteQueryObserver, QueryClient } from '@tanstack/react-query'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { startLive } from './live'
import type { ModelIndex } from './ModelIndex'
import type { Page } from './queries'
import { listQuery } from './queries'

class Line extends EventTarget {
  static last: Line
  readyState = 1
  constructor() {
    super()
    Line.last = this
  }
  close() {
    this.readyState = 2
  }
  tell(change: Record<string, unknown>) {
    const data = JSON.stringify({ object: 'deal', id: 'd', kind: 'record.updated', ...change })
    this.dispatchEvent(new MessageEvent('change', { data }))
  }
}

const model = { object: () => ({ path: 'deals', fields: [] }) } as unknown as ModelIndex
const answers: { url: string; answer: (data: unknown) => void }[] = []
const ends: (() => void)[] = []

beforeEach(() => {
  answers.length = 0
  vi.stubGlobal('EventSource', Line)
  vi.stubGlobal('fetch', (url: string) => {
    return new Promise((resolve) =>
      answers.push({ url, answer: (data) => resolve(new Response(JSON.stringify(data), { status: 200 })) }),
    )
  })
})
afterEach(() => {
  for (const end of ends.splice(0)) end()
  vi.unstubAllGlobals()
})

const deal = (version: number) => ({ id: 'd', version })
const page = (version: number): Page => ({ items: [deal(version)], next_cursor: null })
const pause = (time: number) => new Promise((resolve) => setTimeout(resolve, time))
const asked = (path: string) => vi.waitFor(() => expect(answers.at(-1)?.url).toContain(path))

function list() {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  const observer = new InfiniteQueryObserver(client, listQuery('deal', 'deals', {}))
  ends.push(observer.subscribe(() => undefined))
  ends.push(startLive(client, () => model))
  const shown = () => observer.getCurrentResult().data?.pages[0]?.items[0]?.version
  return { client, observer, shown }
}

test('the first reading waits a moment for the stream and is then not repeated', async () => {
  vi.resetModules()
  const [{ startLive: start }, { listQuery: query }] = await Promise.all([import('./live'), import('./queries')])
  const client = new QueryClient()
  ends.push(start(client, () => model))
  const observer = new InfiniteQueryObserver(client, query('deal', 'deals', {}))
  ends.push(observer.subscribe(() => undefined))
  await pause(20)
  expect(answers).toHaveLength(0)
  Line.last.dispatchEvent(new MessageEvent('hello', { data: '{}' }))
  await asked('/deals')
  answers[0]?.answer(page(1))
  await vi.waitFor(() => expect(observer.getCurrentResult().data).toBeDefined())
  await pause(20)
  expect(answers).toHaveLength(1)
})

test('what was read before the stream stood is read once more when it does', async () => {
  const { shown } = list()
  await asked('/deals')
  answers[0]?.answer(page(1))
  await vi.waitFor(() => expect(shown()).toBe(1))
  Line.last.dispatchEvent(new MessageEvent('hello', { data: '{}' }))
  await vi.waitFor(() => expect(answers).toHaveLength(2))
  answers[1]?.answer(page(2))
  await vi.waitFor(() => expect(shown()).toBe(2))
})

test('nothing is read again where nothing has happened since the page was made', async () => {
  for (const [ofStream, readings] of [
    ['p-7', 1],
    ['p-8', 2],
  ] as const) {
    vi.resetModules()
    answers.length = 0
    const [{ startLive: start }, { listQuery: query }] = await Promise.all([import('./live'), import('./queries')])
    const client = new QueryClient()
    ends.push(start(client, () => model, 'p-7'))
    const observer = new InfiniteQueryObserver(client, query('deal', 'deals', {}))
    ends.push(observer.subscribe(() => undefined))
    await asked('/deals')
    answers[0]?.answer(page(1))
    await vi.waitFor(() => expect(observer.getCurrentResult().data).toBeDefined())
    Line.last.dispatchEvent(new MessageEvent('hello', { data: JSON.stringify({ pulse: ofStream }) }))
    await pause(50)
    expect(answers, ofStream).toHaveLength(readings)
  }
})

test('a row that changed while the list was being read for the first time is shown as it is now', async () => {
  const { shown } = list()
  await asked('/deals')
  const [first] = answers
  Line.last.tell({ version: 2 })
  await pause(200)
  first?.answer(page(1))
  await asked('/deals/d')
  expect(shown()).toBe(1)
  answers.at(-1)?.answer(deal(2))
  await vi.waitFor(() => expect(shown()).toBe(2))
})

test('a list that was asked for before a change and answers after it does not bring the row back', async () => {
  const { observer, shown } = list()
  await asked('/deals')
  answers[0]?.answer(page(1))
  await vi.waitFor(() => expect(shown()).toBe(1))
  Line.last.tell({ version: 2 })
  await asked('/deals/d')
  void observer.refetch()
  await vi.waitFor(() => expect(answers).toHaveLength(3))
  answers[1]?.answer(deal(2))
  await vi.waitFor(() => expect(shown()).toBe(2))
  answers[2]?.answer(page(1))
  await vi.waitFor(() => expect(observer.getCurrentResult().isFetching).toBe(false))
  expect(shown()).toBe(2)
})

test('a value that was computed anew is read again although it makes no version', async () => {
  const { shown } = list()
  await asked('/deals')
  answers[0]?.answer(page(4))
  await vi.waitFor(() => expect(shown()).toBe(4))
  Line.last.tell({ kind: 'record.kept' })
  await asked('/deals/d')
})
