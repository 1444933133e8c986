import { useCallback, useMemo, useState } from 'react'
import type { RecordData } from '../../api/model'
import type { Cursor } from '../../kit/grid/types'

/** Where one is in the grid: it stays with its record when that goes to another row. */
export function useCursor(rows: RecordData[]): [Cursor, (cursor: Cursor) => void] {
  const [at, setAt] = useState<Cursor & { id?: string }>({ row: 0, column: 0 })
  const cursor = useMemo(() => {
    if (!at.id || rows[at.row]?.id === at.id) return at
    const row = rows.findIndex(({ id }) => id === at.id)
    return row < 0 ? { ...at, row: Math.min(at.row, rows.length - 1) } : { ...at, row }
  }, [at, rows])
  const set = useCallback((next: Cursor) => setAt({ ...next, id: rows[next.row]?.id }), [rows])
  return [cursor, set]
}
