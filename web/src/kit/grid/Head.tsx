import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { useLingui } from '@lingui/react/macro'
import { useRef } from 'react'
import css from './grid.module.css'
import { check, pinClass } from './Row'
import type { GridColumn, GridRow } from './types'

interface Props<R extends GridRow> {
  columns: GridColumn<R>[]
  width: number
  all: boolean
  some: boolean
  onAll: () => void
  onSort: (id: string, behind: boolean) => void
  onResize: (id: string, width: number) => void
}

const narrowest = 64

export function Head<R extends GridRow>({ columns, width, all, some, onAll, onSort, onResize }: Props<R>) {
  const { t } = useLingui()
  const drag = useRef<{ id: string; from: number; width: number } | null>(null)
  return (
    <div className={css.head} role="row" tabIndex={-1} aria-rowindex={1} style={{ width }}>
      <div className={`${css.headCell} ${css.pin}`} role="columnheader" tabIndex={-1} style={{ width: check }}>
        <input
          type="checkbox"
          className={css.check}
          aria-label={t`Select all`}
          checked={all}
          tabIndex={-1}
          ref={(input) => {
            if (input) input.indeterminate = some && !all
          }}
          onChange={onAll}
        />
      </div>
      {columns.map((column) => (
        <div
          key={column.id}
          role="columnheader"
          tabIndex={-1}
          aria-sort={column.sorted ? (column.sorted === 'asc' ? 'ascending' : 'descending') : undefined}
          className={`${css.headCell} ${pinClass(column)}`}
          data-end={column.end}
          style={{ width: column.width, insetInlineStart: column.left }}
        >
          {column.sortable ? (
            <button
              type="button"
              className={css.sort}
              tabIndex={-1}
              onClick={(event) => onSort(column.id, event.shiftKey)}
            >
              <span className="trunc">{column.label}</span>
              {column.sorted === 'asc' && <IconArrowUp size={13} aria-hidden />}
              {column.sorted === 'desc' && <IconArrowDown size={13} aria-hidden />}
              {column.order !== undefined && <span className={css.order}>{column.order}</span>}
            </button>
          ) : (
            <span className="trunc">{column.label}</span>
          )}
          <span
            className={css.resize}
            aria-hidden
            onPointerDown={(event) => {
              drag.current = { id: column.id, from: event.clientX, width: column.width }
              event.currentTarget.setPointerCapture(event.pointerId)
            }}
            onPointerMove={(event) => {
              const held = drag.current
              if (held) onResize(held.id, Math.max(narrowest, held.width + event.clientX - held.from))
            }}
            onPointerUp={() => {
              drag.current = null
            }}
          />
        </div>
      ))}
    </div>
  )
}
