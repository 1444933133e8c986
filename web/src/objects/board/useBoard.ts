import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Field, ObjectModel } from '../../api/model'
import { useModel } from '../../api/ModelContext'
import { reportQuery } from '../../api/queries'
import { useKeptList } from '../../api/useKeptList'
import { allOf } from '../filter/expression'
import { useParts } from '../Parts'
import type { ListState } from '../views/useListState'
import { useScopeRecords } from '../views/useScopeRecords'
import { type Column, optionColumns, recordColumns, totalsByColumn } from './columns'

export interface BoardData {
  group: Field
  columns: Column[]
  filter: string
  summed: Field | undefined
  totals: ReturnType<typeof totalsByColumn>
  /** Of the cards that are tinted. */
  tinted: ReturnType<typeof totalsByColumn>
  /** The totals are those of the server, not yet to come. */
  counted: boolean
  grand: number
  currency: string
  loading: boolean
}

/** Columns and totals of a board; each column reads its own cards. */
export function useBoard(object: ObjectModel, state: ListState, group: Field): BoardData {
  const model = useModel()
  const parts = useParts().of(object.name).board
  const scoped = useScopeRecords(state.scope, state.search.scope, true)
  const target = group.type === 'link' ? model.object(group.to) : undefined
  const inScope = state.scope && scoped.chosen ? `${state.scope.field.name} == ${JSON.stringify(scoped.chosen)}` : null
  const has = (name: string) => target?.fields.some((field) => field.name === name) ?? false
  const targets = useKeptList(
    target?.name ?? '',
    target?.path ?? '',
    {
      filter: allOf(inScope, has('active') ? 'active == true' : null) || undefined,
      sort: has('position') ? 'position' : target?.title,
    },
    Boolean(target) && (!state.scope || Boolean(scoped.chosen)),
  )
  const items = targets.data?.items
  const columns = useMemo(() => {
    if (!target) return optionColumns(group, model)
    return recordColumns(
      target,
      (items ?? []).filter((record) => parts?.isColumn?.(record) ?? true),
    )
  }, [target, group, model, items, parts])
  const summed = useMemo(() => summedField(object, state), [object, state])
  const filter = state.search.scope ? state.all : allOf(state.all, inScope)
  const measures = [{ fn: 'count' }, ...(summed ? [{ fn: 'sum', field: summed.name }] : []), ...(parts?.measures ?? [])]
  const report = useQuery(
    reportQuery(
      {
        object: object.name,
        filter: filter || undefined,
        q: state.q || undefined,
        group_by: [{ field: group.name }],
        measures,
      },
      !scoped.loading,
    ),
  )
  const totals = useMemo(() => totalsByColumn(report.data, group.name, summed?.name), [report.data, group.name, summed])
  const tint = parts?.tint
  const marked = useQuery(
    reportQuery(
      {
        object: object.name,
        filter: allOf(filter, tint ? `${tint.field} == ${JSON.stringify(tint.code)}` : null),
        q: state.q || undefined,
        group_by: [{ field: group.name }],
        measures: [{ fn: 'count' }],
      },
      Boolean(tint) && !scoped.loading,
    ),
  )
  const tinted = useMemo(() => totalsByColumn(marked.data, group.name, undefined), [marked.data, group.name])
  const grand = columns.reduce((sum, column) => sum + (totals.get(column.key)?.sum ?? 0), 0)
  return {
    group,
    columns,
    filter,
    summed,
    totals,
    tinted,
    counted: report.data !== undefined,
    grand,
    currency: report.data?.currency ?? model.model.workspace.currency,
    loading: scoped.loading || (Boolean(target) && targets.isPending),
  }
}

function summedField(object: ObjectModel, state: ListState): Field | undefined {
  const wanted = [...(state.view.summaries ?? []), ...(object.layout.card ?? [])]
  return wanted
    .map((name) => object.fields.find((field) => field.name === name))
    .find((field) => field?.type === 'money')
}
