import { expect, test } from 'vitest'
import { moved } from './order'

test.each([
  [0, 1, 'bacd'],
  [3, -1, 'abdc'],
  [0, -1, 'abcd'],
  [3, 1, 'abcd'],
  [1, 1, 'acbd'],
] as const)('of abcd the one at %i goes %i: %s', (at, by, expected) =>
  expect(moved([...'abcd'], at, by).join('')).toBe(expected),
)
