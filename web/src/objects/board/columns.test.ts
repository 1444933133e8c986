import { describe, expect, test } from 'vitest'
import type { RecordData } from '../../api/model'
import { barOf, inColumn, type Move, movedCount, totalsByColumn, withMoves } from './columns'

const card = (id: string): RecordData => ({ id, version: 1 })
const moves = (...list: Move[]) => new Map(list.map((move) => [move.record.id, move]))

describe('totals of a board', () => {
  const report = {
    rows: [
      { stage: { id: 's1', title: 'Qualify' }, count: 13, sum_amount: { amount: '261000.00', currency: 'EUR' } },
      { stage: null, count: 2, sum_amount: null },
    ],
  }

  test('are read by column, with cards that have no stage under the empty key', () => {
    const totals = totalsByColumn(report, 'stage', 'amount')
    expect(totals.get('s1')).toMatchObject({ count: 13, sum: 261000 })
    expect(totals.get('')).toMatchObject({ count: 2, sum: 0 })
  })

  test('draw a bar of their share, the weighted part solid', () => {
    const bar = barOf({ count: 1, sum: 200, cells: {} }, 1000, 0.25)
    expect(bar.solid).toBeCloseTo(0.05)
    expect(bar.rest).toBeCloseTo(0.15)
  })

  test('of an empty board draw nothing', () => {
    expect(barOf(undefined, 0, 1)).toEqual({ solid: 0, rest: 0 })
  })
})

describe('a card on its way', () => {
  const move = { record: card('a'), from: 's1', to: 's2' }

  test('leaves its column and stands on top of the next', () => {
    expect(withMoves([card('a'), card('b')], 's1', moves(move)).map((item) => item.id)).toEqual(['b'])
    expect(withMoves([card('c')], 's2', moves(move)).map((item) => item.id)).toEqual(['a', 'c'])
  })

  test('is shown once when the server has already moved it', () => {
    expect(withMoves([card('a'), card('c')], 's2', moves(move)).map((item) => item.id)).toEqual(['a', 'c'])
  })

  test('counts where it goes', () => {
    expect(movedCount(13, 's1', moves(move))).toBe(12)
    expect(movedCount(9, 's2', moves(move))).toBe(10)
    expect(movedCount(4, 's3', moves(move))).toBe(4)
  })
})

test('a column asks for its value, or for none', () => {
  expect(inColumn('stage', { key: 'x"y', title: '', hue: null, record: null })).toBe('stage == "x\\"y"')
  expect(inColumn('stage', { key: '', title: '', hue: null, record: null })).toBe('!has(stage)')
})
