import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react'

interface Aim {
  card: HTMLElement
  top: number
  /** The card below, where it stood: when the first one goes, it does not slide under the pointer. */
  next: HTMLElement | null
  nextTop: number
}

const topOf = (element: Element) => element.getBoundingClientRect().top

/** While others move cards, the one under the pointer stays where it is: nobody takes hold of what he did not aim at. */
export function useSteady(box: RefObject<HTMLElement | null>, list: RefObject<HTMLElement | null>): void {
  const aim = useRef<Aim | null>(null)
  const gap = useRef<HTMLElement | null>(null)

  useEffect(() => {
    const area = box.current
    if (!area) return
    let at = { x: -1, y: -1 }
    const take = (under: Element | null) => {
      const card = under?.closest<HTMLElement>('[role=listitem]') ?? null
      const next = (card?.nextElementSibling ?? null) as HTMLElement | null
      // The browser's own way of holding the scroll would move it a second time.
      area.style.overflowAnchor = card ? 'none' : ''
      aim.current = card && { card, top: topOf(card), next, nextTop: next ? topOf(next) : 0 }
    }
    const point = (event: PointerEvent) => {
      at = { x: event.clientX, y: event.clientY }
      take(event.target as Element)
    }
    const scrolled = () => aim.current && take(document.elementFromPoint(at.x, at.y))
    const leave = () => {
      take(null)
      gap.current?.style.removeProperty('margin-top')
      list.current?.style.removeProperty('padding-block')
    }
    area.addEventListener('pointermove', point)
    area.addEventListener('scroll', scrolled)
    area.addEventListener('pointerleave', leave)
    return () => {
      area.removeEventListener('pointermove', point)
      area.removeEventListener('scroll', scrolled)
      area.removeEventListener('pointerleave', leave)
    }
  }, [box, list])

  useLayoutEffect(() => {
    if (!aim.current || !box.current || !list.current) return
    const { card, top, next, nextTop } = aim.current
    if (card.isConnected) keep(box.current, list.current, topOf(card) - top)
    else if (next?.isConnected && nextTop > topOf(next)) {
      next.style.marginTop = `${nextTop - topOf(next)}px`
      gap.current = next
      aim.current = null
    }
  })
}

/** Moves all cards back by so many pixels: by scrolling, and with room above or below where scrolling ends. */
function keep(box: HTMLElement, list: HTMLElement, moved: number): void {
  if (moved === 0) return
  const wanted = box.scrollTop - (Number.parseFloat(list.style.paddingBlockStart) || 0) + moved
  list.style.paddingBlockStart = `${Math.max(0, -wanted)}px`
  const missing = wanted - (box.scrollHeight - box.clientHeight)
  if (missing > 0) list.style.paddingBlockEnd = `${(Number.parseFloat(list.style.paddingBlockEnd) || 0) + missing}px`
  box.scrollTop = Math.max(0, wanted)
}
