import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useEffect, useRef } from 'react'
import css from './grid.module.css'

interface Props<R> {
  label: string
  rows: R[]
  keyOf: (row: R) => string
  size: number
  render: (row: R) => ReactNode
  onNearEnd?: () => void
  gap?: number
  className?: string
  /** Rows whose height is not known before they are drawn: cards. */
  measured?: boolean
}

const ahead = 15

/** A plain list of which only what is in view stands in the page: phone rows, long board columns. */
export function VirtualList<R>({
  label,
  rows,
  keyOf,
  size,
  render,
  onNearEnd,
  gap = 0,
  className,
  measured = false,
}: Props<R>) {
  const box = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => size,
    overscan: 6,
    gap,
  })
  const items = virtual.getVirtualItems()
  const last = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (rows.length > 0 && last >= rows.length - ahead) onNearEnd?.()
  }, [last, rows.length, onNearEnd])
  return (
    <div ref={box} className={`${css.list} ${className ?? ''}`} tabIndex={0} role="region" aria-label={label}>
      <div className={css.body} role="list" aria-label={label} style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => {
          const row = rows[item.index]
          if (row === undefined) return null
          return (
            <div
              key={keyOf(row)}
              role="listitem"
              className={css.item}
              data-index={item.index}
              ref={measured ? virtual.measureElement : undefined}
              style={{ transform: `translateY(${item.start}px)`, ...(measured ? {} : { height: size }) }}
            >
              {render(row)}
            </div>
          )
        })}
      </div>
    </div>
  )
}
