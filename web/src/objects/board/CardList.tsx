import { type ReactNode, useRef } from 'react'
import { useAutoScroll } from '../../kit/drag/useAutoScroll'
import css from './board.module.css'
import { useSteady } from './useSteady'

const near = 400

/** A column short enough to stand in the page whole. */
export function CardList({
  label,
  busy,
  onNearEnd,
  children,
}: {
  label: string
  busy: boolean
  onNearEnd: () => void
  children: ReactNode
}) {
  const box = useRef<HTMLDivElement>(null)
  const list = useRef<HTMLDivElement>(null)
  useAutoScroll(box)
  useSteady(box, list)
  return (
    <div
      ref={box}
      className={css.cards}
      role="region"
      aria-label={label}
      aria-busy={busy}
      tabIndex={0}
      onScroll={(event) => {
        const { scrollHeight, scrollTop, clientHeight } = event.currentTarget
        if (scrollHeight - scrollTop - clientHeight < near) onNearEnd()
      }}
    >
      <div ref={list} role="list" aria-label={label} className={css.list}>
        {children}
      </div>
    </div>
  )
}
