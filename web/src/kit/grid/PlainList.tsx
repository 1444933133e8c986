import { type ReactNode, useRef } from 'react'
import css from './grid.module.css'
import { useNearEnd, useRowWindow } from './useRowWindow'

interface Props<R> {
  label: string
  rows: R[]
  keyOf: (row: R) => string
  size: number
  render: (row: R) => ReactNode
  onNearEnd?: () => void
}

const ahead = 20

/** A list of rows of equal height, of which only those in view stand in the page. */
export function PlainList<R>({ label, rows, keyOf, size, render, onNearEnd }: Props<R>) {
  const box = useRef<HTMLDivElement>(null)
  const view = useRowWindow(box, rows.length, size)
  useNearEnd(view.end, rows.length, ahead, onNearEnd)
  return (
    <div ref={box} className={css.list} tabIndex={0} role="region" aria-label={label}>
      <div className={css.body} role="list" aria-label={label} style={{ height: rows.length * size }}>
        {rows.slice(view.start, view.end).map((row, at) => (
          <div
            key={keyOf(row)}
            role="listitem"
            className={css.item}
            style={{ transform: `translateY(${(view.start + at) * size}px)`, height: size }}
          >
            {render(row)}
          </div>
        ))}
      </div>
    </div>
  )
}
