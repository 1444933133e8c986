import { type KeyboardEvent, type MouseEvent, type ReactNode, useEffect, useRef } from 'react'
import { isComposing } from '../keyboard'
import css from './grid.module.css'
import { Head } from './Head'
import { moveCursor } from './move'
import { check, Row } from './Row'
import type { Cursor, GridColumn, GridRow } from './types'
import { useInView, useNearEnd, useRowWindow } from './useRowWindow'

interface Props<R extends GridRow> {
  label: string
  columns: GridColumn<R>[]
  rows: R[]
  total: number
  nameOf: (row: R) => string
  cursor: Cursor
  onCursor: (cursor: Cursor) => void
  selected: ReadonlySet<string>
  onToggle: (row: number, range: boolean) => void
  onAll: () => void
  editing: boolean
  editor: (row: R, column: GridColumn<R>) => ReactNode
  onEdit: (on: boolean) => void
  onSort: (id: string, behind: boolean) => void
  onResize: (id: string, width: number) => void
  onOpen: (row: R) => void
  onPeek: (row: R) => void
  onCopy: (row: R, column: GridColumn<R>) => void
  onNearEnd: () => void
  onLink: (href: string) => void
  peeked: string | null
  rowHeight: number
  foot?: ReactNode
}

const ahead = 25
const headHeight = 34

/** A virtual grid: one tab stop, one click handler, arrow keys, edit in place. */
export function Grid<R extends GridRow>(props: Props<R>) {
  const { label, columns, rows, total, cursor, selected, editing, onNearEnd, rowHeight } = props
  const box = useRef<HTMLDivElement>(null)
  const view = useRowWindow(box, rows.length, rowHeight, headHeight)
  useInView(box, view, cursor.row)
  const width = columns.reduce((sum, column) => sum + column.width, check)

  useNearEnd(view.end, rows.length, ahead, onNearEnd)

  const wasEditing = useRef(editing)
  useEffect(() => {
    if (wasEditing.current && !editing) box.current?.focus({ preventScroll: true })
    wasEditing.current = editing
  }, [editing])

  function go(next: Cursor): void {
    props.onCursor(next)
    view.reveal(next.row)
    if (next.column !== cursor.column) show(next.column)
  }

  /** Moves sideways no further than needed to have the column beside those that stay. */
  function show(at: number): void {
    const column = columns[at]
    const element = box.current
    if (!element || !column || column.left !== undefined) return
    const stay = columns.reduce((sum, one) => sum + (one.left === undefined ? 0 : one.width), check)
    const left = columns.slice(0, at).reduce((sum, one) => sum + one.width, check)
    if (left < element.scrollLeft + stay) element.scrollLeft = left - stay
    else if (left + column.width > element.scrollLeft + element.clientWidth)
      element.scrollLeft = left + column.width - element.clientWidth
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (isComposing(event) || editing || event.target !== box.current) return
    const row = rows[cursor.row]
    const column = columns[cursor.column]
    if (!row || !column) return
    const next = moveCursor(event, cursor, rows.length, columns.length)
    if (next) go(next)
    if (next && event.shiftKey && event.key.startsWith('Arrow')) props.onToggle(next.row, true)
    else if (event.key === 'x') props.onToggle(cursor.row, event.shiftKey)
    else if (event.key === ' ') props.onPeek(row)
    else if (event.key === 'Enter' && (event.shiftKey || (!column.editable && cursor.column === 0))) props.onOpen(row)
    else if (event.key === 'Enter' || event.key === 'F2') props.onEdit(true)
    else if ((event.metaKey || event.ctrlKey) && event.key === 'c') props.onCopy(row, column)
    else if (!next) return
    event.preventDefault()
  }

  function onClick(event: MouseEvent): void {
    const at = event.target as HTMLElement
    const anchor = at.closest('a')
    const index = Number(at.closest<HTMLElement>('[data-index]')?.dataset.index ?? Number.NaN)
    if (Number.isNaN(index)) return
    if (at.closest('[data-check]')) return props.onToggle(index, event.shiftKey)
    const href = anchor?.getAttribute('href')
    if (href?.startsWith('/o/') && !event.metaKey && !event.ctrlKey && event.button === 0) {
      event.preventDefault()
      return props.onLink(href)
    }
    const column = at.closest<HTMLElement>('[data-column]')?.dataset.column
    if (column !== undefined && !(editing && cursor.row === index && cursor.column === Number(column))) {
      props.onEdit(false)
      props.onCursor({ row: index, column: Number(column) })
    }
  }

  function onDoubleClick(event: MouseEvent): void {
    const column = (event.target as HTMLElement).closest<HTMLElement>('[data-column]')
    if (column && !(event.target as HTMLElement).closest('a')) props.onEdit(true)
  }

  const current = rows[cursor.row]
  return (
    <div
      ref={box}
      className={css.grid}
      role="grid"
      tabIndex={0}
      aria-label={label}
      aria-rowcount={total + 1}
      aria-colcount={columns.length + 1}
      aria-multiselectable
      aria-activedescendant={current ? `cell-${current.id}-${cursor.column}` : undefined}
      onKeyDown={onKeyDown}
      onClick={onClick}
      onDoubleClick={onDoubleClick}
    >
      <Head
        columns={columns}
        width={width}
        all={rows.length > 0 && selected.size >= rows.length}
        some={selected.size > 0}
        onAll={props.onAll}
        onSort={props.onSort}
        onResize={props.onResize}
      />
      <div role="rowgroup" className={css.body} style={{ height: rows.length * rowHeight, minWidth: width }}>
        {rows.slice(view.start, view.end).map((row, at) => {
          const index = view.start + at
          const here = cursor.row === index
          const column = here && editing ? columns[cursor.column] : undefined
          return (
            <Row
              key={row.id}
              row={row}
              index={index}
              top={index * rowHeight}
              columns={columns}
              name={props.nameOf(row)}
              selected={selected.has(row.id)}
              cursor={here ? cursor.column : -1}
              editor={column ? props.editor(row, column) : null}
              peeked={props.peeked === row.id}
            />
          )
        })}
      </div>
      {props.foot}
    </div>
  )
}
