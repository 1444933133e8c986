import { memo, type ReactNode } from 'react'
import css from './grid.module.css'
import type { GridColumn, GridRow } from './types'

interface Props<R extends GridRow> {
  row: R
  index: number
  top: number
  columns: GridColumn<R>[]
  name: string
  selected: boolean
  /** Column of the cursor when it is in this row, else -1. */
  cursor: number
  editor: ReactNode
  peeked: boolean
}

export const check = 40

export const pinClass = ({ left, edge }: { left?: number; edge?: boolean }) =>
  left === undefined ? '' : edge ? `${css.pin} ${css.edge}` : (css.pin ?? '')

/** One line of the grid. Clicks are handled once, by the grid. */
function RowBase<R extends GridRow>({ row, index, top, columns, name, selected, cursor, editor, peeked }: Props<R>) {
  return (
    <div
      className={css.row}
      role="row"
      tabIndex={-1}
      aria-rowindex={index + 2}
      aria-selected={selected}
      data-index={index}
      data-selected={selected}
      data-peeked={peeked}
      style={{ transform: `translateY(${top}px)` }}
    >
      <div className={`${css.cell} ${css.pin}`} role="gridcell" tabIndex={-1} style={{ width: check }}>
        <input
          type="checkbox"
          className={css.check}
          aria-label={name}
          checked={selected}
          tabIndex={-1}
          readOnly
          data-check
        />
      </div>
      {columns.map((column, at) => {
        const current = cursor === at
        return (
          <div
            key={column.id}
            id={`cell-${row.id}-${at}`}
            role="gridcell"
            tabIndex={-1}
            className={`${css.cell} ${pinClass(column)}`}
            data-column={at}
            data-end={column.end}
            data-current={current}
            data-editing={current && editor !== null}
            style={{ width: column.width, insetInlineStart: column.left }}
          >
            {current && editor !== null ? editor : column.cell(row)}
          </div>
        )
      })}
    </div>
  )
}

export const Row = memo(RowBase) as typeof RowBase
