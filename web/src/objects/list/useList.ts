import { hashKey, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Field, ObjectModel, RecordData } from '../../api/model'
import { isLinkType } from '../../api/model'
import { listQuery, reportQuery, type Report } from '../../api/queries'
import { usePhone } from '../../kit/useMedia'
import type { ListState } from '../views/useListState'

/** Three screens full. */
const pageOnPhone = 50

/** Names that the list needs beside its columns: the title, and what cells of other columns are drawn from. */
export function expandOf(fields: Field[]): string {
  return fields
    .filter((field) => isLinkType(field))
    .map((field) => field.name)
    .join(',')
}

export function useList(object: ObjectModel, state: ListState, fields: Field[]) {
  const expand = expandOf(fields)
  const phone = usePhone()
  const asked = listQuery(object.name, object.path, {
    filter: state.all || undefined,
    sort: state.sort || undefined,
    q: state.q || undefined,
    expand: expand || undefined,
    limit: phone ? pageOnPhone : undefined,
  })
  const query = useInfiniteQuery(asked)
  const rows = useMemo<RecordData[]>(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data])
  return { query, rows, list: hashKey(asked.queryKey) }
}

/** Count and sums over all records of the view, loaded or not. */
export function useTotals(object: ObjectModel, state: ListState) {
  // Only what the view names is added up: the sum of prices or scores says nothing.
  const sums = (state.view.summaries ?? [])
    .map((name) => object.fields.find((field) => field.name === name))
    .filter((field) => field !== undefined)
  const report = useQuery({
    ...reportQuery({
      object: object.name,
      filter: state.all || undefined,
      q: state.q || undefined,
      measures: [{ fn: 'count' }, ...sums.map((field) => ({ fn: 'sum', field: field.name }))],
    }),
  })
  return { sums, row: firstRow(report.data) }
}

function firstRow(report: Report | undefined): Report['rows'][number] | undefined {
  return report?.rows[0]
}
