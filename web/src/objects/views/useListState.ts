import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import type { ObjectModel, View } from '../../api/model'
import { useModel } from '../../api/ModelContext'
import { keepPreference } from '../../api/session'
import { type SavedView, savedViewsQuery } from '../../api/views'
import { allOf } from '../filter/expression'
import { periods } from '../filter/periods'
import { boardField, viewsOf } from './defaults'
import { lastingOf, type ListSearch, readListSearch, touchesLasting } from './listSearch'
import { type Scope, scopeOfGroup } from './scope'
import { useWidths, type Widths } from './useWidths'

export interface ListState {
  views: (View | SavedView)[]
  view: View | SavedView
  shape: string
  /** The chips; `all` adds search scope and owner. */
  filter: string
  all: string
  sort: string
  columns: string[]
  /** How many of the first columns stay in sight. */
  pinned: number
  widths: Widths
  group: string | null
  q: string
  search: ListSearch
  scope: Scope | undefined
  changed: boolean
  change: (changes: Partial<ListSearch>) => void
  reset: () => void
}

/** Nothing of what a view can keep. */
export const asSaved = {
  filter: undefined,
  sort: undefined,
  columns: undefined,
  pinned: undefined,
  shape: undefined,
  group: undefined,
}

const none: SavedView[] = []

const whose = { mine: 'owner == me()', team: 'team in my_teams()' } as const

/** The list as its address describes it: a view, and what the user has changed of it. */
export function useListState(object: ObjectModel): ListState {
  const model = useModel()
  const client = useQueryClient()
  const navigate = useNavigate()
  const address = useSearch({ strict: false }) as Record<string, unknown>
  const search = useMemo(() => readListSearch(address), [address])
  const { data } = useQuery(savedViewsQuery(object.name))
  const saved = data?.length ? data : none
  const views = useMemo(() => [...viewsOf(object), ...saved], [object, saved])
  const view = views.find((candidate) => candidate.name === search.view) ?? (views[0] as View)
  const group = search.group ?? view.group ?? boardField(object)?.name ?? null
  const scope = useMemo(() => scopeOfGroup(model, object, group), [model, object, group])
  const change = useCallback(
    (changes: Partial<ListSearch>) => {
      void navigate({
        to: '.',
        search: (before: Record<string, unknown>) => {
          const next = clean({ ...readListSearch(before), ...changes })
          if (touchesLasting(changes)) keepPreference(client, `list.${object.name}`, lastingOf(next))
          return next as never
        },
        replace: 'peek' in changes || 'q' in changes,
      })
    },
    [navigate, client, object.name],
  )
  const widths = useWidths(object.name, view)
  // The same as long as nothing of it changes: what is drawn from it is not drawn again.
  return useMemo(() => {
    const filter = search.filter ?? view.filter ?? ''
    const inScope = scope && search.scope ? `${scope.field.name} == ${JSON.stringify(search.scope)}` : null
    return {
      views,
      view,
      shape: search.shape ?? view.shape,
      filter,
      all: allOf(
        filter,
        inScope,
        search.who && whose[search.who],
        object.period && search.period && periods.write(object.period, search.period),
      ),
      sort: search.sort ?? view.sort ?? '',
      columns: search.columns !== undefined ? search.columns.split(',').filter(Boolean) : (view.columns ?? []),
      pinned: Math.max(1, Number(search.pinned ?? view.pinned ?? 1) || 1),
      widths,
      group,
      q: search.q ?? '',
      search,
      scope,
      changed:
        search.filter !== undefined ||
        search.sort !== undefined ||
        search.columns !== undefined ||
        search.pinned !== undefined ||
        // Widths are one's own; whoever keeps a view may give them to it.
        ('id' in view && widths.isOwn) ||
        search.shape !== undefined,
      change,
      reset: () => {
        widths.reset()
        change(asSaved)
      },
    }
  }, [object, views, view, search, scope, group, widths, change])
}

/** Empty settings leave the address, except an emptied filter: that one says "without the view's filter". */
function clean(search: ListSearch): ListSearch {
  return Object.fromEntries(
    Object.entries(search).filter(([name, value]) => value !== undefined && (value !== '' || name === 'filter')),
  ) as ListSearch
}
