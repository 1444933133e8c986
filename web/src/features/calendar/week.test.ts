import { expect, test } from 'vitest'
import { setPlace } from '../../kit/format'
import { daysFrom, startOfWeek } from './week'

test.each([
  [1, '2026-11-20', '2026-11-16'],
  [0, '2026-11-20', '2026-11-15'],
  [1, '2026-11-16', '2026-11-16'],
  [1, '2026-11-15', '2026-11-09'],
])('a week that begins on day %s: the one of %s starts on %s', (weekStart, date, start) => {
  setPlace({ weekStart })
  expect(startOfWeek(date)).toBe(start)
})

test('days follow each other over the end of a month', () => {
  expect(daysFrom('2026-11-29', 3)).toEqual(['2026-11-29', '2026-11-30', '2026-12-01'])
})
