import { describe, expect, test } from 'vitest'
import { atZone, clock, parseDate, withinDays } from './date'
import { addDays, setPlace, today } from './format'

describe('a date as people type it', () => {
  test.each([
    ['2026-12-24', 'en', '2026-12-24'],
    ['24/12/2026', 'it', '2026-12-24'],
    ['12/24/2026', 'en-US', '2026-12-24'],
    ['24.12.26', 'de', '2026-12-24'],
    ['2026/12/24', 'zh', '2026-12-24'],
    ['2026年12月24日', 'zh', '2026-12-24'],
  ])('%s in %s is %s', (text, locale, expected) => {
    expect(parseDate(text, locale)).toBe(expected)
  })

  test('without a year it is this year', () => {
    expect(parseDate('24/12', 'it')).toBe(`${today().slice(0, 4)}-12-24`)
  })

  test('+7 is a week from today', () => {
    expect(parseDate('+7')).toBe(addDays(today(), 7))
  })

  test.each(['31/02/2026', 'soon', '1', '12/2026/3/4'])('%s is refused', (text) => {
    expect(parseDate(text, 'it')).toBeNull()
  })
})

describe('a time in a zone', () => {
  test('is the instant at which that clock shows it', () => {
    expect(atZone('2026-07-01', '09:30', 'Europe/Rome')).toBe('2026-07-01T07:30:00.000Z')
    expect(atZone('2026-12-01', '09:30', 'Asia/Shanghai')).toBe('2026-12-01T01:30:00.000Z')
  })

  test('holds on the day the clocks change', () => {
    expect(atZone('2026-03-29', '12:00', 'Europe/Rome')).toBe('2026-03-29T10:00:00.000Z')
    expect(clock('2026-03-29T10:00:00Z', 'Europe/Rome')).toBe('12:00')
  })
})

test('days are those of the workspace, whatever the zone of the person', () => {
  setPlace({ timeZone: 'Europe/Rome' })
  expect(withinDays('closed_at', '2026-11-01', '2026-11-25', 'Europe/Rome')).toBe(
    'closed_at >= "2026-11-01" && closed_at < "2026-11-26"',
  )
  setPlace({ timeZone: 'Asia/Shanghai' })
  expect(withinDays('closed_at', '2026-11-01', '2026-11-25', 'Europe/Rome')).toBe(
    'closed_at >= "2026-10-31T23:00:00.000Z" && closed_at < "2026-11-25T23:00:00.000Z"',
  )
  setPlace({ timeZone: 'UTC' })
})
