import { QueryClient } from '@tanstack/react-query'
import { expect, test } from 'vitest'
import { newest, patchRecord, put, restore, showUnderway } from './cache'

const deal = (version: number, more: Record<string, unknown> = {}) => ({ id: 'd', version, name: 'Cabinet', ...more })
const page = (...items: ReturnType<typeof deal>[]) => ({ pages: [{ items, next_cursor: null }], pageParams: [''] })

test('an answer that was asked for earlier and comes later does not bring an older state back', () => {
  expect(newest(deal(5, { amount: 2 }), deal(4, { amount: 1 }))).toEqual(deal(5, { amount: 2 }))
  expect(newest(page(deal(5)), page(deal(4)))).toEqual(page(deal(5)))
  expect(newest({ items: [deal(5)] }, { items: [deal(4)] })).toEqual({ items: [deal(5)] })
  expect(newest(page(deal(4)), page(deal(5)))).toEqual(page(deal(5)))
})

test('what is computed anew without a version is taken', () => {
  expect(newest(deal(5, { calls: 1 }), deal(5, { calls: 2 }))).toEqual(deal(5, { calls: 2 }))
})

test('a row that is no longer there goes', () => {
  expect(newest(page(deal(5)), page())).toEqual(page())
})

test('what one has just written stays on the screen until the server has answered', () => {
  const arrived = showUnderway('d', { amount: 7 })
  const second = showUnderway('d', { name: 'Shelf' })
  expect(newest(deal(5), deal(5, { amount: 1 }))).toEqual(deal(5, { amount: 7, name: 'Shelf' }))
  second()
  arrived()
  expect(newest(deal(5), deal(5, { amount: 1 }))).toEqual(deal(5, { amount: 1 }))
})

test('a move that was refused is put back, links too, but not over news', () => {
  const client = new QueryClient()
  const key = ['board', 'deal', {}]
  const stage = (id: string) => ({ id, title: id })
  client.setQueryData(key, page(deal(1, { stage: stage('offer'), amount: 1 })))
  const before = patchRecord(client, 'deal', 'd', { stage: stage('won'), amount: 2 })
  expect(client.getQueryData(key)).toEqual(page(deal(1, { stage: stage('won'), amount: 2 })))
  client.setQueryData(key, page(deal(1, { stage: stage('won'), amount: 3 })))
  restore(client, before)
  expect(client.getQueryData(key)).toEqual(page(deal(1, { stage: stage('offer'), amount: 3 })))
})

test('a value put in by hand does not pass for a reading', () => {
  const client = new QueryClient()
  client.setQueryData(['list', 'deal'], page(deal(1)), { updatedAt: 1000 })
  void client.invalidateQueries({ queryKey: ['list', 'deal'] })
  put(client, ['list', 'deal'], page(deal(2)))
  expect(client.getQueryState(['list', 'deal'])).toMatchObject({
    data: page(deal(2)),
    isInvalidated: true,
    dataUpdatedAt: 1000,
  })
})
