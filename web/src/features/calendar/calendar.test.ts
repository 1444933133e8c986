import { beforeEach, describe, expect, test } from 'vitest'
import { setPlace } from '../../kit/format'
import { placeInLanes } from './lanes'
import { rangeOf } from './range'

beforeEach(() => setPlace({ weekStart: 1 }))

describe('what a calendar shows', () => {
  test('a month is whole weeks, and leads to the months beside it', () => {
    const { days, earlier, later } = rangeOf('month', '2026-11-20')
    expect([days[0], days.at(-1), days.length]).toEqual(['2026-10-26', '2026-12-06', 42])
    expect([earlier, later]).toEqual(['2026-10-01', '2026-12-01'])
    expect(rangeOf('month', '2026-02-10').days).toHaveLength(35)
  })

  test('a week begins where the user’s weeks do', () => {
    expect(rangeOf('week', '2026-11-20').days[0]).toBe('2026-11-16')
    expect(rangeOf('day', '2026-11-20').later).toBe('2026-11-21')
  })

  test('what overlaps stands side by side, what follows takes the whole width again', () => {
    const placed = placeInLanes([
      { id: 'a', from: 540, until: 600 },
      { id: 'b', from: 570, until: 630 },
      { id: 'c', from: 630, until: 660 },
    ])
    expect(placed.map(({ id, lane, lanes }) => [id, lane, lanes])).toEqual([
      ['a', 0, 2],
      ['b', 1, 2],
      ['c', 0, 1],
    ])
  })
})
