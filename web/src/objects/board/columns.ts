import type { Field, ObjectModel, RecordData } from '../../api/model'
import type { ModelIndex } from '../../api/ModelIndex'
import type { Report, ReportCell } from '../../api/queries'
import { linked } from '../../fields/link'

/** One column of a board: a record or an option that cards are grouped by, or none. */
export interface Column {
  /** Id or code; empty for cards without a value. */
  key: string
  title: string
  hue: string | null
  /** The record behind the column when the group is a link. */
  record: RecordData | null
}

export function optionColumns(field: Field, model: ModelIndex): Column[] {
  const options = model.options(field).filter((option) => !option.retired)
  return options.map((option) => ({ key: option.code, title: option.label, hue: option.hue ?? null, record: null }))
}

export function recordColumns(object: ObjectModel, records: RecordData[]): Column[] {
  return records.map((record) => ({
    key: record.id,
    title: String(record[object.title] ?? ''),
    hue: typeof record.hue === 'string' ? record.hue : null,
    record,
  }))
}

/** The condition under which a record stands in a column. */
export function inColumn(group: string, column: Column): string {
  return column.key ? `${group} == ${JSON.stringify(column.key)}` : `!has(${group})`
}

export function keyOf(value: unknown): string {
  return linked(value)?.id ?? ''
}

export interface Totals {
  count: number
  sum: number
  cells: Record<string, ReportCell>
}

const amountOf = (cell: ReportCell | undefined): number => {
  if (typeof cell === 'object' && cell && 'amount' in cell) return Number(cell.amount)
  return Number(cell ?? 0)
}

/** Totals of the report by column; a column without a row has none of everything. */
export function totalsByColumn(
  report: Report | undefined,
  group: string,
  summed: string | undefined,
): Map<string, Totals> {
  const out = new Map<string, Totals>()
  for (const row of report?.rows ?? []) {
    const cells = row
    out.set(keyOf(row[group]), {
      count: Number(row.count ?? 0),
      sum: summed ? amountOf(row[`sum_${summed}`]) : 0,
      cells,
    })
  }
  return out
}

/** How long the bar of a column is, and how much of it is solid, as shares of the whole board. */
export function barOf(totals: Totals | undefined, grand: number, solidShare: number): { solid: number; rest: number } {
  if (!totals || grand <= 0) return { solid: 0, rest: 0 }
  const share = Math.max(0, Math.min(1, totals.sum / grand))
  const solid = share * Math.max(0, Math.min(1, solidShare))
  return { solid, rest: share - solid }
}

/** Cards as they will be once a move is saved: those that leave are hidden, those that come stand on top. */
export function withMoves(cards: RecordData[], column: string, moves: ReadonlyMap<string, Move>): RecordData[] {
  const coming = [...moves.values()].filter(
    (move) => move.to === column && !cards.some((card) => card.id === move.record.id),
  )
  const staying = cards.filter((card) => (moves.get(card.id)?.to ?? column) === column)
  return [...coming.map((move) => move.record), ...staying]
}

export interface Move {
  record: RecordData
  from: string
  to: string
}

/** The totals as they will be once the moves are saved. */
export function movedCount(count: number, column: string, moves: ReadonlyMap<string, Move>): number {
  let moved = count
  for (const move of moves.values()) {
    if (move.to === column && move.from !== column) moved++
    if (move.from === column && move.to !== column) moved--
  }
  return moved
}

/** A card as one column shows it: while it is on its way, two of them may, with different versions. */
export const heldAs = (column: string, id: string) => `${column} ${id}`
