import { useCallback, useMemo, useState } from 'react'

type Widths = Record<string, number>

function read(key: string): Widths {
  try {
    return JSON.parse(localStorage.getItem(key) ?? '{}') as Widths
  } catch {
    return {}
  }
}

/** Widths of columns as this browser last had them. */
export function useWidths(object: string) {
  const key = `legame.widths.${object}`
  const [widths, setWidths] = useState<Widths>(() => read(key))
  const set = useCallback(
    (id: string, width: number) =>
      setWidths((before) => {
        const next = { ...before, [id]: Math.round(width) }
        localStorage.setItem(key, JSON.stringify(next))
        return next
      }),
    [key],
  )
  return useMemo(() => ({ of: (id: string, usual: number) => widths[id] ?? usual, set }), [widths, set])
}
