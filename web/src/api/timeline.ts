import { infiniteQueryOptions } from '@tanstack/react-query'
import { get } from './client'
import type { RecordData } from './model'

export interface Who {
  kind: string
  id: string | null
  name: string | null
}

export interface Change {
  field: string
  label: string
  before: unknown
  after: unknown
  before_text?: string | null
  after_text?: string | null
}

export interface TimelineItem {
  id: string
  kind: string
  at: string
  recorded_at?: string
  actor: Who | null
  origin?: Who | null
  object: string
  record: string
  title?: string | null
  changes?: Change[]
  activity?: RecordData | null
}

export interface HistoryItem {
  event: string
  at: string
  actor: Who | null
  origin?: Who | null
  field: string
  before: unknown
  after: unknown
  version: number
}

interface Pages<T> {
  items: T[]
  next_cursor: string | null
}

export const timelineQuery = (object: string, path: string, id: string, include?: string) =>
  infiniteQueryOptions({
    queryKey: ['timeline', object, id, include ?? ''],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      get<Pages<TimelineItem>>(`/${path}/${id}/timeline`, { include, cursor: pageParam || undefined }, signal),
    getNextPageParam: (last) => last.next_cursor ?? undefined,
    staleTime: 15_000,
  })

export const historyQuery = (object: string, path: string, id: string) =>
  infiniteQueryOptions({
    queryKey: ['history', object, id],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      get<Pages<HistoryItem>>(`/${path}/${id}/history`, { cursor: pageParam || undefined }, signal),
    getNextPageParam: (last) => last.next_cursor ?? undefined,
  })
