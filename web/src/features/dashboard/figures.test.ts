import { describe, expect, test } from 'vitest'
import { byMonth, change, lastMonths, sameDaysLastMonth, winRate } from './figures'

describe('the same days of last month', () => {
  test.each([
    ['2026-11-20', '2026-10-01', '2026-10-20'],
    ['2026-01-05', '2025-12-01', '2025-12-05'],
    ['2026-03-31', '2026-02-01', '2026-02-28'],
  ])('on %s are %s to %s', (today, from, until) => {
    expect(sameDaysLastMonth(today)).toEqual({ from, until })
  })
})

test('the last months end with this one', () => {
  expect(lastMonths('2026-02-10', 3)).toEqual(['2025-12-01', '2026-01-01', '2026-02-01'])
})

test('a month in which nothing happened counts nothing', () => {
  const report = { rows: [{ closed_at: '2026-01', sum_amount: { amount: '12.50', currency: 'EUR' } }] }
  expect(byMonth(report, 'closed_at', 'sum_amount', ['2025-12-01', '2026-01-01'])).toEqual([0, 12.5])
})

describe('the win rate', () => {
  const report = (won: number, lost: number) => ({
    rows: [
      { status: 'won', count: won },
      { status: 'lost', count: lost },
    ],
  })
  test('is won of won and lost', () => {
    expect(winRate(report(3, 9))).toEqual({ rate: 25, won: 3, closed: 12 })
  })
  test('says nothing under five', () => {
    expect(winRate(report(3, 1)).rate).toBeNull()
  })
})

test('growth from nothing is no percentage', () => {
  expect(change(5, 0)).toBeNull()
  expect(change(112, 100)).toBe(12)
})
