import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { afterEach, expect, test, vi } from 'vitest'
import { reread } from './reread'

const ends: (() => void)[] = []
afterEach(() => {
  for (const end of ends.splice(0)) end()
})

/** A screen that shows what the server holds, and a server whose answers tell what it held when it was asked. */
function screen() {
  const client = new QueryClient()
  const answers: (() => void)[] = []
  const server = { state: 1, asked: 0 }
  const observer = new QueryObserver(client, {
    queryKey: ['board'],
    queryFn: () => {
      const then = server.state
      server.asked++
      return new Promise<number>((resolve) => answers.push(() => resolve(then)))
    },
  })
  ends.push(observer.subscribe(() => undefined))
  const answer = async () => {
    answers.shift()?.()
    await new Promise((resolve) => setTimeout(resolve))
  }
  const shown = () => observer.getCurrentResult().data
  return { client, server, answer, shown }
}

test('news that come while something is read for the first time have it read once more', async () => {
  const { client, server, answer, shown } = screen()
  server.state = 2
  reread(client, { queryKey: ['board'] })
  await answer()
  expect(shown()).toBe(1)
  await answer()
  expect(shown()).toBe(2)
})

test('news that come faster than answers do not keep the screen as it was', async () => {
  const { client, server, answer, shown } = screen()
  await answer()
  for (let at = 2; at < 12; at++) {
    server.state = at
    reread(client, { queryKey: ['board'] })
    if (at === 6) {
      await answer()
      expect(shown(), 'the first of them is seen while others go on').toBe(2)
    }
  }
  expect(server.asked, 'one reading after the other').toBe(3)
  await answer()
  await answer()
  expect(shown()).toBe(11)
  expect(server.asked).toBeLessThanOrEqual(4)
})

test('a reading that failed after news is tried again', async () => {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  const read = vi.fn<() => Promise<number>>().mockRejectedValueOnce(new Error('away')).mockResolvedValue(2)
  const observer = new QueryObserver(client, { queryKey: ['board'], queryFn: read })
  ends.push(observer.subscribe(() => undefined))
  reread(client, { queryKey: ['board'] })
  await vi.waitFor(() => expect(observer.getCurrentResult().data).toBe(2))
})
