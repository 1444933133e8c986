import { useEffect, useRef, useState } from 'react'
import type { Field, RecordData } from '../../api/model'
import { isEmpty } from '../../fields/ui'

/**
 * Where a field stands follows from whether it is empty. One that is being edited stays, whoever fills it meanwhile, and
 * keeps the focus when it takes its new place.
 */
export function useHeld(record: RecordData) {
  const [held, setHeld] = useState<ReadonlyMap<string, boolean>>(new Map())
  const last = useRef<string | null>(null)
  useEffect(() => {
    if (held.size > 0 || !last.current) return
    if (document.activeElement === document.body)
      document.querySelector<HTMLElement>(`[data-pencil="${last.current}"]`)?.focus()
    last.current = null
  }, [held])
  return {
    isBare: (field: Field) => held.get(field.name) ?? isEmpty(record[field.name]),
    hold: (field: Field, on: boolean) => {
      last.current = field.name
      setHeld((before) => {
        const next = new Map(before)
        if (!on) next.delete(field.name)
        else if (!next.has(field.name)) next.set(field.name, isEmpty(record[field.name]))
        return next
      })
    },
  }
}
