import { expect, test } from 'vitest'
import { type Decided, type Decision, decidable, keyOf, made, withDecisions, without } from './decide'

const group = (header: string, field: string, value: string): Decided => ({
  header,
  value,
  message: '',
  rows: 2,
  line: 3,
  remedy: { object: 'deal', field, may: ['map', 'create', 'empty', 'refuse'], now: 'refuse' },
})
const mapping = {
  columns: [
    { header: 'Azienda', to: 'company' },
    { header: 'Fase', to: 'stage', values: { Chiusa: 'Won' } },
    { header: 'Articolo', to: 'lines.product' },
  ],
}

test('decisions stand at the column that fills the field, and can be taken back', () => {
  const groups = [
    group('Azienda', 'company', 'Rossi'),
    group('Fase', 'stage', 'Boh'),
    group('Articolo', 'product', 'Vite'),
  ]
  const decisions = new Map<string, Decision>([
    [keyOf(groups[0] as Decided), { kind: 'create' }],
    [keyOf(groups[1] as Decided), { kind: 'map', to: 'Proposal' }],
    [keyOf(groups[2] as Decided), { kind: 'empty' }],
  ])
  const next = withDecisions(mapping, groups, decisions)
  expect(next.columns.map(({ values, unknowns }) => ({ values, unknowns }))).toEqual([
    { values: {}, unknowns: { Rossi: 'create' } },
    { values: { Chiusa: 'Won', Boh: 'Proposal' }, unknowns: {} },
    { values: {}, unknowns: { Vite: 'empty' } },
  ])
  const all = made(next)
  expect(all.map(({ value, decision }) => [value, decision.kind])).toEqual([
    ['Rossi', 'create'],
    ['Chiusa', 'map'],
    ['Boh', 'map'],
    ['Vite', 'empty'],
  ])
  expect(
    made(all.reduce((left, one) => without(left, made(left).find(({ value }) => value === one.value) ?? one), next)),
  ).toEqual([])
})

test('only values with something to choose are asked about', () => {
  const plain = { header: 'Valore', value: 'molto', message: '', rows: 1, line: 2 }
  expect(decidable([plain, group('Fase', 'stage', 'Boh')]).map(({ value }) => value)).toEqual(['Boh'])
})
