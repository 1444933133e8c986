import { draggable } from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import { type RefObject, useEffect, useState } from 'react'

export type DragData = Record<string, unknown>

/** Lets an element be picked up; tells whether it is in the air. */
export function useDraggable(ref: RefObject<HTMLElement | null>, data: DragData, enabled = true): boolean {
  const [dragging, setDragging] = useState(false)
  const key = JSON.stringify(data)
  useEffect(() => {
    const element = ref.current
    if (!element || !enabled) return
    return draggable({
      element,
      getInitialData: () => JSON.parse(key) as DragData,
      onDragStart: () => setDragging(true),
      onDrop: () => setDragging(false),
    })
  }, [ref, key, enabled])
  return dragging
}
