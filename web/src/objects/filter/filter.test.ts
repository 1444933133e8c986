import { describe, expect, test } from 'vitest'
import type { Field } from '../../api/model'
import { allOf, parseFilter } from './expression'
import { named, writeFilter } from './write'

const fields: Record<string, Partial<Field>> = {
  name: { type: 'text' },
  amount: { type: 'money' },
  stage: { type: 'link', to: 'stage' },
  owner: { type: 'user' },
  team: { type: 'link', to: 'team' },
  tags: { type: 'choices' },
  closing: { type: 'date' },
  seen: { type: 'instant' },
  active: { type: 'boolean' },
  'company.country': { type: 'choice' },
}
const fieldOf = (path: string) => (fields[path] ? ({ name: path, label: path, ...fields[path] } as Field) : undefined)
const roundTrip = (text: string) =>
  writeFilter(
    parseFilter(text).map((chip) => ('raw' in chip ? chip : named(chip, fieldOf(chip.path)))),
    fieldOf,
  )

describe('a filter is the same as text and as chips', () => {
  test.each([
    'name.contains("rossi")',
    '!name.contains("a \\"quoted\\" word")',
    'name == "Müller"',
    'amount >= 1000',
    'amount < 12.5',
    'stage == "0190aaaa-0000-7000-8000-000000000001"',
    'stage in ["a", "b"]',
    '!(stage in ["a", "b"])',
    'owner == me()',
    'team in my_teams()',
    '"vip" in tags',
    '("vip" in tags || "fair" in tags)',
    'size(tags) == 0',
    '!has(closing)',
    'closing == today()',
    '(closing >= today() && closing < today() + days(8))',
    '(closing >= start_of("month", today()) && closing < start_of("month", start_of("month", today()) + days(31)))',
    '(seen >= today() - days(30) && seen < today() + days(1))',
    'active',
    '!active',
    '!(name == "Müller")',
    '!(stage in ["a"])',
    'company.country in ["IT", "SM"]',
    'closing < "2026-12-24"',
    'owner == me() && amount >= 1000 && !has(closing)',
    '(closing >= today() && closing < today() + days(8)) && owner == me()',
  ])('%s', (text) => {
    expect(parseFilter(text).some((chip) => 'raw' in chip)).toBe(false)
    expect(roundTrip(text)).toBe(text)
  })

  test.each([
    'amount * probability / 100 > 5000',
    'owner == me() || amount > 1000',
    'lines.exists(l, l.quantity > 3)',
    'name == "a && b" || true',
  ])('what the builder cannot show stays an expression: %s', (text) => {
    expect(parseFilter(text)).toEqual([{ raw: text }])
    expect(roundTrip(text)).toBe(text)
  })

  test('a part that is not understood does not hide the others', () => {
    expect(parseFilter('owner == me() && amount * 2 > 10')).toEqual([
      { path: 'owner', op: 'mine', values: [] },
      { raw: 'amount * 2 > 10' },
    ])
  })

  test('a stretch of time written as two conditions is one chip', () => {
    expect(parseFilter('active == true && closing >= today() && closing < today() + days(8)')).toEqual([
      { path: 'active', op: 'yes', values: [] },
      { path: 'closing', op: 'period', values: ['next_7'] },
    ])
  })

  test('signs inside quotes do not split', () => {
    expect(parseFilter('name == "a && b (c"')).toEqual([{ path: 'name', op: 'is', values: ['a && b (c'] }])
  })

  test('an empty filter has no chips', () => {
    expect(parseFilter('  ')).toEqual([])
    expect(writeFilter([], fieldOf)).toBe('')
  })
})

describe('conditions are joined without changing their meaning', () => {
  test('an or is put in brackets', () => {
    expect(allOf('a == 1 || b == 2', 'c == 3')).toBe('(a == 1 || b == 2) && c == 3')
  })

  test('empty parts are left out', () => {
    expect(allOf('', null, 'c == 3', undefined)).toBe('c == 3')
  })
})
