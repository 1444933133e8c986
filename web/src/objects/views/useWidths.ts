import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { View } from '../../api/model'
import { useSession } from '../../api/ModelContext'
import { keepPreference } from '../../api/session'

type Map = Record<string, number>

export interface Widths {
  of: (column: string, usual: number) => number
  set: (column: string, width: number) => void
  /** As a view keeps them. */
  list: () => string[]
  /** Other than the view has them. */
  isOwn: boolean
  reset: () => void
}

const pause = 400

function ofView(view: View): Map {
  const pairs = (view.widths ?? []).map((text) => text.split(':') as [string, string])
  return Object.fromEntries(pairs.map(([name, width]) => [name, Number(width)]))
}

/** Widths of the columns of a view, as one has drawn them oneself or as the view was saved; kept on every device. */
export function useWidths(object: string, view: View): Widths {
  const client = useQueryClient()
  const key = `widths.${object}.${view.name}`
  const kept = useSession().user.preferences?.[key] as Map | null | undefined
  const [drawn, setDrawn] = useState<{ key: string; widths: Map | null }>({ key, widths: null })
  const own = (drawn.key === key ? drawn.widths : null) ?? kept ?? null
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])

  const set = useCallback(
    (column: string, width: number) => {
      const next = { ...own, [column]: Math.round(width) }
      setDrawn({ key, widths: next })
      clearTimeout(timer.current)
      timer.current = setTimeout(() => keepPreference(client, key, next), pause)
    },
    [own, key, client],
  )

  return useMemo(() => {
    const all = { ...ofView(view), ...own }
    return {
      of: (column, usual) => all[column] ?? usual,
      set,
      list: () => Object.entries(all).map(([name, width]) => `${name}:${width}`),
      isOwn: own !== null && Object.keys(own).length > 0,
      reset: () => {
        if (!own) return
        clearTimeout(timer.current)
        setDrawn({ key, widths: null })
        keepPreference(client, key, null)
      },
    }
  }, [view, own, set, key, client])
}
