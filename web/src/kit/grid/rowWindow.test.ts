import { expect, test } from 'vitest'
import { rangeOf } from './useRowWindow'

test.each([
  [0, 360, 36, 1000, 0, 10],
  [720, 360, 36, 1000, 12, 38],
  [35_640, 360, 36, 1000, 982, 1000],
  [0, 360, 36, 3, 0, 3],
  [500, 360, 36, 0, 0, 0],
])('scrolled by %s in a view of %s, rows of %s, %s of them: rows %s to %s', (top, height, size, count, start, end) => {
  const range = rangeOf(top, height, size, count, top === 0 ? 0 : 8)
  expect([range.start, range.end]).toEqual([start, end])
})
