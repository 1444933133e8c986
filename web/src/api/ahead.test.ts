import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { askAhead, dropAhead, forgetAhead, fromAhead } from './ahead'

const asked: string[] = []
const answer = async ({ url }: { url: string }) => {
  asked.push(url)
  return new Response(url)
}
const deals = { method: 'GET', url: '/api/v1/deals' }
const report = { method: 'POST', url: '/api/v1/query', body: '{"object":"deal"}' }

beforeEach(() => {
  vi.useFakeTimers()
  asked.length = 0
})
afterEach(() => {
  vi.useRealTimers()
  forgetAhead()
})

/** A visit of the same address; what it asks for is noted when it has stood for a while. */
async function visit(whose: string, questions: { method: string; url: string; body?: string }[]): Promise<string[]> {
  asked.length = 0
  askAhead(whose, answer)
  const taken = []
  for (const question of questions) taken.push((await (await fromAhead(question))?.text()) ?? '')
  vi.advanceTimersByTime(5000)
  return taken
}

test('what an address asked for is asked for at once at the next visit, and its answer is taken once', async () => {
  expect(await visit('anna', [deals, report])).toEqual(['', ''])
  expect(asked).toEqual([])
  expect(await visit('anna', [report, deals, deals])).toEqual([report.url, deals.url, ''])
  expect(asked).toEqual([deals.url, report.url])
})

test('what is asked for no more is not asked ahead any more, and another question gets no answer of it', async () => {
  await visit('anna', [deals, report])
  expect(await visit('anna', [{ ...report, body: '{"object":"lead"}' }])).toEqual([''])
  await visit('anna', [])
  expect(asked).toEqual([report.url])
})

test('nothing is asked ahead for somebody else', async () => {
  await visit('anna', [deals])
  await visit('bruno', [deals])
  expect(asked).toEqual([])
})

test('once something has changed the answers on their way are not taken', async () => {
  await visit('anna', [deals])
  askAhead('anna', answer)
  dropAhead()
  expect(fromAhead(deals)).toBeUndefined()
})
