import { expect, test } from 'vitest'
import { holds } from './holds'

const deal = { id: '1', version: 1, status: 'open', closed_at: null, stage: { id: 's1', title: 'Proposal' } }

test.each([
  [null, true],
  ['status == "open"', true],
  ['status != "open"', false],
  ['status in ["won", "lost"]', false],
  ['!has(closed_at)', true],
  ['has(closed_at)', false],
  ['stage == "s1"', true],
  ['status == "open" && has(closed_at)', false],
  ['amount * 2 > 10', true],
])('an action offered when %s: %s', (when, expected) => {
  expect(holds(when, deal)).toBe(expected)
})
