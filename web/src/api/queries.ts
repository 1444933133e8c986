import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { Money } from '../kit/format'
import { newest } from './cache'
import { ask, get } from './client'
import { type Model, type RecordData } from './model'
import { toIndex } from './modelCache'

export const pageSize = 100

export const modelQuery = (language: string) =>
  queryOptions({
    queryKey: ['model', language],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }) => toIndex((await ask<Model>('GET', '/model', { signal, language })).data),
  })

export interface ListAsk {
  filter?: string
  q?: string
  sort?: string
  fields?: string
  expand?: string
  limit?: number
}

export interface Page {
  items: RecordData[]
  next_cursor: string | null
  count?: { value: number; exact: boolean }
}

/** Keyset pages of one list. The key holds the object's name, so that live changes find it. */
export const listQuery = (object: string, path: string, query: ListAsk) =>
  infiniteQueryOptions({
    queryKey: ['list', object, query],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      get<Page>(`/${path}`, { limit: pageSize, ...query, cursor: pageParam || undefined }, signal),
    getNextPageParam: (last) => last.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
    structuralSharing: newest,
    staleTime: 30_000,
  })

/** The cards of one column of a board: read again as a whole when anything changes, for cards move between columns. */
export const columnQuery = (object: string, path: string, query: ListAsk) =>
  infiniteQueryOptions({
    ...listQuery(object, path, query),
    queryKey: ['board', object, query],
    placeholderData: undefined,
  })

/** A short list, all of it in one page. */
export const shortListQuery = (object: string, path: string, query: ListAsk, enabled = true) =>
  queryOptions({
    queryKey: ['short', object, query],
    queryFn: async ({ signal }) => get<Page>(`/${path}`, { limit: pageSize, ...query }, signal),
    structuralSharing: newest,
    staleTime: 30_000,
    enabled,
  })

export const recordQuery = (object: string, path: string, id: string, expand?: string) =>
  queryOptions({
    queryKey: ['record', object, id, expand ?? ''],
    queryFn: ({ signal }) => get<RecordData>(`/${path}/${id}`, { expand }, signal),
    structuralSharing: newest,
    staleTime: 30_000,
  })

export interface ReportAsk {
  object: string
  filter?: string
  q?: string
  group_by?: { field: string; bucket?: string }[]
  measures: { fn: string; field?: string }[]
  sort?: string[]
  limit?: number
}

export interface Report {
  rows: Record<string, ReportCell>[]
  currency?: string
}

export type ReportCell = number | string | null | Money | { id: string; title: string }

export const reportQuery = (report: ReportAsk, enabled = true) =>
  queryOptions({
    queryKey: ['report', report.object, report],
    queryFn: async () => (await ask<Report>('POST', '/query', { body: report, question: true })).data,
    placeholderData: keepPreviousData,
    staleTime: 30_000,
    enabled,
  })

export interface Hit {
  object: string
  id: string
  title: string
  subtitle?: string
  matched?: Matched | null
}

/** By what a record was found whose title does not tell: from which character to which the word stands in the text. */
export interface Matched {
  field: string
  label: string
  text: string
  from: number | null
  to: number | null
}

export async function searchRecords(q: string, objects?: string[], limit = 8, signal?: AbortSignal): Promise<Hit[]> {
  const body = { q, limit, ...(objects ? { objects } : {}) }
  const { data } = await ask<{ items: Hit[] }>('POST', '/search', {
    body,
    question: true,
    ...(signal ? { signal } : {}),
  })
  return data.items
}

export const searchQuery = (q: string, objects?: string[], limit = 8) =>
  queryOptions({
    queryKey: ['search', q, objects ?? [], limit],
    queryFn: ({ signal }) => searchRecords(q, objects, limit, signal),
    enabled: q.trim().length > 0,
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  })
