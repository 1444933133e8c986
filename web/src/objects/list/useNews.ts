import { useLingui } from '@lingui/react/macro'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { get } from '../../api/client'
import { type LiveChange, onChange } from '../../api/live'
import type { ObjectModel, RecordData } from '../../api/model'
import type { Page } from '../../api/queries'
import { say } from '../../kit/Live'
import { usePhone } from '../../kit/useMedia'
import { allOf } from '../filter/expression'
import type { ListState } from '../views/useListState'
import css from './list.module.css'

interface Query {
  data?: { pages: unknown[] }
}

/** Beyond this many pages a list is not read again by itself. */
const short = 3
/** Records that are looked for together, and how long they are gathered. */
const most = 100
const gather = 60

/**
 * What others make while a list is open. As long as nobody points at the list, is in it or has scrolled it, a new record
 * that matches takes its place at once, and one that was deleted or is no longer to be seen goes; otherwise no row moves,
 * and a button tells how many wait.
 */
export function useNews(object: ObjectModel, state: ListState, rows: RecordData[], query: Query, busy: boolean) {
  const { t } = useLingui()
  const client = useQueryClient()
  const phone = usePhone()
  const box = useRef<HTMLDivElement>(null)
  const [waiting, setWaiting] = useState<ReadonlySet<string>>(new Set())
  const [stale, setStale] = useState(false)
  const { all, q } = state
  const news = [...waiting].filter((id) => !rows.some((row) => row.id === id))
  const isLong = (query.data?.pages.length ?? 0) > short

  function isHeld(): boolean {
    const element = box.current
    if (!element) return busy
    if (busy || isLong || element.matches(':hover') || element.contains(document.activeElement)) return true
    return [...element.children].some((child) => child.scrollTop > 0)
  }

  function settle(): void {
    setWaiting(new Set())
    setStale(false)
    void client.invalidateQueries({ queryKey: ['list', object.name] })
  }

  const heard = useRef<{ ids: Set<string>; timer?: ReturnType<typeof setTimeout> }>({ ids: new Set() })

  /** Which of those that were heard of belong to this list. */
  async function look(): Promise<void> {
    const ids = [...heard.current.ids].filter((id) => !rows.some((row) => row.id === id)).slice(0, most)
    heard.current = { ids: new Set() }
    if (ids.length === 0) return
    const filter = allOf(all, `id in [${ids.map((id) => JSON.stringify(id)).join(', ')}]`)
    const ask = { filter, q: q || undefined, fields: 'id', limit: most, count: 'none' }
    const page = await get<Page>(`/${object.path}`, ask).catch(() => null)
    const found = page?.items.map((item) => item.id) ?? []
    if (found.length === 0) return
    if (!isHeld()) return settle()
    setWaiting((before) => new Set([...before, ...found]))
    say(t`There are new records`)
  }

  function hear(change: LiveChange): void {
    if (change.object !== object.name) return
    const isShown = rows.some((row) => row.id === change.id)
    if (/(deleted|purged|gone)$/.test(change.kind)) {
      if (!isShown) return
      return isHeld() ? setStale(true) : settle()
    }
    if (isShown) return
    heard.current.ids.add(change.id)
    heard.current.timer ??= setTimeout(() => void latestLook.current(), gather)
  }

  const latest = useRef(hear)
  const latestLook = useRef(look)
  useEffect(() => {
    latest.current = hear
    latestLook.current = look
  })
  useEffect(() => onChange((change) => latest.current(change)), [])
  // Another view, another question: what waited for the former one is in the answer to the new.
  useEffect(() => setWaiting(new Set()), [all, q])

  return {
    count: news.length,
    show: () => {
      for (const child of box.current?.children ?? []) child.scrollTop = 0
      settle()
    },
    holder: {
      ref: box,
      className: css.holder,
      onPointerLeave: () => {
        if (!phone && (stale || news.length > 0)) setTimeout(() => !isHeld() && settle(), 0)
      },
    },
  }
}
