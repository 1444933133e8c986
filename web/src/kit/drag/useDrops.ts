import { autoScrollForElements } from '@atlaskit/pragmatic-drag-and-drop-auto-scroll/element'
import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine'
import { monitorForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import { type RefObject, useEffect, useRef } from 'react'
import type { DragData } from './useDraggable'

interface Handlers {
  onStart: (source: DragData) => void
  /** `target` is null when it was let go over no place: nothing happens then. */
  onEnd: (source: DragData, target: DragData | null) => void
}

/** Hears of every drag on the page, and scrolls the given area when one comes near its edge. */
export function useDrops(area: RefObject<HTMLElement | null>, handlers: Handlers): void {
  const held = useRef(handlers)
  useEffect(() => {
    held.current = handlers
  })
  useEffect(() => {
    const element = area.current
    const monitor = monitorForElements({
      onDragStart: ({ source }) => held.current.onStart(source.data as DragData),
      onDrop: ({ source, location }) =>
        held.current.onEnd(
          source.data as DragData,
          (location.current.dropTargets[0]?.data as DragData | undefined) ?? null,
        ),
    })
    if (!element) return monitor
    return combine(monitor, autoScrollForElements({ element }))
  }, [area])
}
