import type { KeyboardEvent } from 'react'
import type { Cursor } from './types'

const page = 15

/** Where a key takes the cursor of a grid; null when it is no key of movement. */
export function moveCursor(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey'>,
  { row, column }: Cursor,
  rows: number,
  columns: number,
): Cursor | null {
  const whole = event.ctrlKey || event.metaKey
  const to = (nextRow: number, nextColumn: number): Cursor => ({
    row: Math.max(0, Math.min(rows - 1, nextRow)),
    column: Math.max(0, Math.min(columns - 1, nextColumn)),
  })
  if (whole && event.key !== 'Home' && event.key !== 'End') return null
  switch (event.key) {
    case 'ArrowDown':
    case 'j':
    case 'J':
      return to(row + 1, column)
    case 'ArrowUp':
    case 'k':
    case 'K':
      return to(row - 1, column)
    case 'ArrowRight':
      return to(row, column + 1)
    case 'ArrowLeft':
      return to(row, column - 1)
    case 'PageDown':
      return to(row + page, column)
    case 'PageUp':
      return to(row - page, column)
    case 'Home':
      return whole ? to(0, 0) : to(row, 0)
    case 'End':
      return whole ? to(rows - 1, column) : to(row, columns - 1)
    default:
      return null
  }
}
