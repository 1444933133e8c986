import { dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import { type RefObject, useEffect, useState } from 'react'
import type { DragData } from './useDraggable'

/** A place to drop on; tells whether something hovers over it. */
export function useDropTarget(ref: RefObject<HTMLElement | null>, data: DragData): boolean {
  const [over, setOver] = useState(false)
  const key = JSON.stringify(data)
  useEffect(() => {
    const element = ref.current
    if (!element) return
    return dropTargetForElements({
      element,
      getData: () => JSON.parse(key) as DragData,
      onDragEnter: () => setOver(true),
      onDragLeave: () => setOver(false),
      onDrop: () => setOver(false),
    })
  }, [ref, key])
  return over
}
