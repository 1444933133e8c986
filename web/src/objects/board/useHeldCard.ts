import { type RefObject, useEffect, useRef } from 'react'

/** Layers over the board: whoever is in one comes back to his card. */
const layers = '[role=menu], [role=dialog], [role=status]'

/** The card one was at keeps the focus when it goes to another column: moved, put back by undo, or taken anew by a read. */
export function useHeldCard(area: RefObject<HTMLElement | null>): void {
  const held = useRef<string | null>(null)

  useEffect(() => {
    let pointed = false
    const follow = (event: Event) => {
      pointed = event.type === 'pointerdown' || (pointed && event.type !== 'keydown')
      const target = event.target as Element
      if (event.type === 'keydown' || target.closest(layers)) return
      held.current = target.closest<HTMLElement>('[data-card]')?.dataset.card ?? null
    }
    const keep = () => {
      if (!held.current || document.activeElement !== document.body) return
      const card = area.current?.querySelector<HTMLElement>(`[data-card="${held.current}"] a`)
      // Whoever moves a card by pointer sees where it is; the column does not scroll to it.
      card?.focus({ preventScroll: pointed })
    }
    const observer = new MutationObserver(keep)
    observer.observe(document.body, { childList: true, subtree: true })
    const events = ['focusin', 'pointerdown', 'keydown']
    for (const event of events) document.addEventListener(event, follow, true)
    return () => {
      observer.disconnect()
      for (const event of events) document.removeEventListener(event, follow, true)
    }
  }, [area])
}
