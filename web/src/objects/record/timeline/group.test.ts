import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { TimelineItem } from '../../../api/timeline'
import { setPlace } from '../../../kit/format'
import type { Model } from '../../../api/model'
import { ModelIndex } from '../../../api/ModelIndex'
import { dayWord, groupByDay, matchesPill } from './group'
import { unsaid } from './unsaid'

let next = 0
function item(at: string, more: Partial<TimelineItem> = {}): TimelineItem {
  return {
    id: String(next++),
    kind: 'record.updated',
    at,
    actor: { kind: 'user', id: 'marco', name: 'Marco' },
    object: 'deal',
    record: 'd1',
    ...more,
  }
}
const call = (at: string) => item(at, { kind: 'activity', activity: { id: 'a', version: 1, kind: 'call' } })

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-11-20T10:00:00Z') }) // a Friday
  setPlace({ locale: 'en', timeZone: 'Europe/Rome', weekStart: 1 })
})

describe('the words for a day', () => {
  test.each([
    ['2026-11-25T09:00:00Z', 'Ahead'],
    ['2026-11-21T09:00:00Z', 'Tomorrow'],
    ['2026-11-20T08:52:00Z', 'Today'],
    ['2026-11-19T23:30:00Z', 'Today'], // half past midnight in Rome
    ['2026-11-19T08:00:00Z', 'Yesterday'],
    ['2026-11-16T08:00:00Z', 'This week'],
    ['2026-11-13T08:00:00Z', 'Last week'],
    ['2026-11-02T08:00:00Z', 'November 2026'],
    ['2025-03-02T08:00:00Z', 'March 2025'],
  ])('%s is %s', (at, word) => {
    expect(dayWord(at)).toBe(word)
  })
})

describe('a timeline', () => {
  test('stands under its day words', () => {
    const groups = groupByDay([
      call('2026-11-20T08:00:00Z'),
      call('2026-11-19T08:00:00Z'),
      call('2026-11-19T07:00:00Z'),
    ])
    expect(groups.map((group) => [group.label, group.entries.length])).toEqual([
      ['Today', 1],
      ['Yesterday', 2],
    ])
  })

  test('folds three changes in a row by one person into a run', () => {
    const [today] = groupByDay([
      item('2026-11-20T09:00:00Z'),
      item('2026-11-20T08:00:00Z'),
      item('2026-11-20T07:00:00Z'),
    ])
    expect(today?.entries).toHaveLength(1)
    expect(today?.entries[0]).toMatchObject({ kind: 'run' })
  })

  test('does not fold changes by different people', () => {
    const anna = { actor: { kind: 'user', id: 'anna', name: 'Anna' } }
    const [today] = groupByDay([
      item('2026-11-20T09:00:00Z'),
      item('2026-11-20T08:00:00Z', anna),
      item('2026-11-20T07:00:00Z'),
    ])
    expect(today?.entries).toHaveLength(3)
  })

  test('does not fold across a call', () => {
    const [today] = groupByDay([
      item('2026-11-20T09:00:00Z'),
      item('2026-11-20T08:30:00Z'),
      call('2026-11-20T08:00:00Z'),
      item('2026-11-20T07:00:00Z'),
    ])
    expect(today?.entries).toHaveLength(4)
  })
})

describe('what the card of an activity says', () => {
  const model = new ModelIndex({ version: '1', lists: {}, objects: [] } as unknown as Model)
  const says = ['done_at', 'due_on']
  const task = (at: string, activity: Record<string, unknown>) =>
    item(at, {
      object: 'activity',
      record: 'a',
      kind: 'record.created',
      activity: { id: 'a', version: 2, ...activity },
    })
  const change = (at: string, field: string, after: unknown) =>
    item(at, { object: 'activity', record: 'a', changes: [{ field, label: field, before: null, after }] })
  const left = (items: TimelineItem[], here = 'd1') => unsaid(items, model, here, says).length

  test('goes without a line of its own, under the same day', () => {
    const done = '2026-11-20T09:00:00Z'
    const card = task('2026-11-20T08:00:00Z', { done_at: done, due_on: '2026-11-20' })
    expect(left([change(done, 'done_at', done), card])).toBe(1)
    expect(left([change(done, 'done_at', done), card], 'a'), 'on its own page').toBe(2)
    expect(left([change(done, 'due_on', '2026-11-19'), card]), 'what it was in between').toBe(2)
    expect(left([change(done, 'priority', 'high'), card]), 'what the card does not show').toBe(2)
    expect(left([change(done, 'done_at', done), { ...card, at: '2026-11-19T08:00:00Z' }]), 'another day').toBe(2)
  })
})

test('pills show one kind, or the changes', () => {
  expect(matchesPill(call('2026-11-20T08:00:00Z'), 'call')).toBe(true)
  expect(matchesPill(call('2026-11-20T08:00:00Z'), 'changes')).toBe(false)
  expect(matchesPill(item('2026-11-20T08:00:00Z'), 'changes')).toBe(true)
  expect(matchesPill(item('2026-11-20T08:00:00Z'), 'all')).toBe(true)
})
