import { type RefObject, startTransition, useEffect, useRef, useState } from 'react'

interface Range {
  start: number
  end: number
}

/** Which rows of equal height are in view, and a few beyond. Tells only when that changes, not at every scroll. */
export function rangeOf(scrollTop: number, height: number, size: number, count: number, beyond: number): Range {
  const start = Math.max(0, Math.floor(scrollTop / size) - beyond)
  const end = Math.min(count, Math.ceil((scrollTop + height) / size) + beyond)
  return { start: Math.min(start, Math.max(0, count - 1)), end }
}

const above = 120

export function useRowWindow(box: RefObject<HTMLElement | null>, count: number, size: number, head = 0, beyond = 8) {
  const [seen, setSeen] = useState<Range>()
  // Before its size is known a list is taken for as high as the window but for a heading; the rest comes when that stands.
  const range = seen ?? rangeOf(0, innerHeight - above, size, count, 0)

  useEffect(() => {
    const element = box.current
    if (!element) return
    const look = () => {
      const next = rangeOf(element.scrollTop - head, element.clientHeight, size, count, beyond)
      setSeen((before) => (before && before.start === next.start && before.end === next.end ? before : next))
    }
    element.addEventListener('scroll', look, { passive: true })
    // Looks for the first time when the page is laid out: asking before would have it laid out twice.
    const observer = new ResizeObserver(() => startTransition(look))
    observer.observe(element)
    return () => {
      element.removeEventListener('scroll', look)
      observer.disconnect()
    }
  }, [box, count, size, head, beyond])

  /** Scrolls no further than needed to have the whole row in view. */
  function reveal(index: number): void {
    const element = box.current
    if (!element) return
    const top = index * size
    const bottom = top + size + head
    if (top < element.scrollTop) element.scrollTop = top
    else if (bottom > element.scrollTop + element.clientHeight) element.scrollTop = bottom - element.clientHeight
  }

  return { ...range, reveal }
}

interface Window extends Range {
  reveal: (index: number) => void
}

/** The row that one is at stays in view when it goes elsewhere, as by an edit of what the list is sorted by. */
export function useInView(box: RefObject<HTMLElement | null>, view: Window, row: number): void {
  const was = useRef(row)
  useEffect(() => {
    const seen = was.current >= view.start && was.current < view.end
    if (was.current !== row && seen && document.activeElement === box.current) view.reveal(row)
    was.current = row
  })
}

/** Asks for more when the end of what is loaded comes near. */
export function useNearEnd(last: number, count: number, near: number, onNearEnd: (() => void) | undefined): void {
  useEffect(() => {
    if (count > 0 && last >= count - near) onNearEnd?.()
  }, [last, count, near, onNearEnd])
}
