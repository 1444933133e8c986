import { useCallback, useMemo, useRef, useState } from 'react'
import type { RecordData } from '../../api/model'

export interface Selection {
  ids: ReadonlySet<string>
  /** Everything that matches the view, loaded or not. */
  all: boolean
  toggle: (row: number, range: boolean) => void
  toggleAll: () => void
  takeAll: () => void
  clear: () => void
}

export function useSelection(rows: RecordData[]): Selection {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set())
  const [all, setAll] = useState(false)
  const last = useRef(0)

  const toggle = useCallback(
    (row: number, range: boolean) => {
      const id = rows[row]?.id
      if (!id) return
      setAll(false)
      const from = range ? last.current : row
      last.current = row
      setIds((before) => {
        const next = new Set(before)
        if (!range && next.has(id)) next.delete(id)
        else for (let at = Math.min(from, row); at <= Math.max(from, row); at++) next.add(rows[at]?.id ?? id)
        return next
      })
    },
    [rows],
  )

  return useMemo(
    () => ({
      ids,
      all,
      toggle,
      toggleAll: () => {
        setAll(false)
        setIds(ids.size > 0 ? new Set() : new Set(rows.map((row) => row.id)))
      },
      takeAll: () => setAll(true),
      clear: () => {
        setAll(false)
        setIds(new Set())
      },
    }),
    [ids, all, toggle, rows],
  )
}
