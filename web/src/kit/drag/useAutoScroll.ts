import { autoScrollForElements } from '@atlaskit/pragmatic-drag-and-drop-auto-scroll/element'
import { type RefObject, useEffect } from 'react'

/** Scrolls a column while a card is held near its end. */
export function useAutoScroll(area: RefObject<HTMLElement | null>): void {
  useEffect(() => (area.current ? autoScrollForElements({ element: area.current }) : undefined), [area])
}
