import { queryOptions } from '@tanstack/react-query'
import { ask, get } from '../../api/client'
import type { RecordData } from '../../api/model'

export type Unknown = 'refuse' | 'create' | 'empty'

export interface MappedColumn {
  header?: string
  to?: string
  unknown?: Unknown
  /** What the file writes, and what is meant: a name or an id; empty text: nothing. */
  values?: Record<string, string>
  /** What becomes of single values that nobody knows, whatever `unknown` says of the others. */
  unknowns?: Record<string, Unknown>
  [key: string]: unknown
}

export interface Mapping {
  columns: MappedColumn[]
  [key: string]: unknown
}

export interface Problems {
  header?: string
  value?: string
  message: string
  nearest?: string[]
  rows: number
  line: number
  /** What may be decided for all of these rows at once. */
  remedy?: Remedy
}

export interface Remedy {
  object: string
  field: string
  may: ('map' | Unknown)[]
  /** What it becomes as the mapping stands. */
  now: Unknown
  /** Left empty, the record would be out of the importer's sight: it becomes his. */
  is_yours?: boolean
}

export interface Import {
  id: string
  name: string
  object: string
  state: string
  mapping: Mapping
  samples: Map<string, string[]>
  notes: Map<string, string>
  match: string | null
  policy: string
  rows: number | null
  created: number
  updated: number
  skipped: number
  rejected: number
  groups: Problems[]
  problem: string | null
  /** Once it was taken back. */
  fates: Fate[]
}

/** How many records of an object go, get their former values, or stay because somebody worked with them since. */
export interface Fate {
  object: string
  gone: number
  put_back: number
  stay: number
}

interface Proposal {
  columns?: { header: string; samples?: string[]; note?: string | null }[]
}

/** Mapping and report come as data from the verbs and as text from a plain read. */
function parsed<T>(value: unknown, otherwise: T): T {
  if (typeof value !== 'string') return (value as T | null) ?? otherwise
  try {
    return JSON.parse(value) as T
  } catch {
    return otherwise
  }
}

function toImport(record: RecordData): Import {
  const proposal = parsed<Proposal>(record.proposal, {})
  const report = parsed<{ groups?: Problems[] }>(record.report, {})
  const count = (name: string) => Number(record[name] ?? 0)
  return {
    id: record.id,
    name: String(record.name ?? ''),
    object: String(record.object ?? ''),
    state: String(record.state ?? ''),
    mapping: parsed<Mapping>(record.mapping, { columns: [] }),
    samples: new Map((proposal.columns ?? []).map((column) => [column.header, column.samples ?? []])),
    notes: new Map(
      (proposal.columns ?? []).flatMap((column) => (column.note ? [[column.header, column.note] as const] : [])),
    ),
    match: typeof record.match === 'string' ? record.match : null,
    policy: String(record.policy ?? 'update'),
    rows: record.rows === null || record.rows === undefined ? null : count('rows'),
    created: count('created'),
    updated: count('updated'),
    skipped: count('skipped'),
    rejected: count('rejected'),
    groups: report.groups ?? [],
    fates: parsed<Fate[]>(record.fates, []),
    problem: typeof record.problem === 'string' && record.problem ? record.problem : null,
  }
}

export const importQuery = (id: string | undefined) =>
  queryOptions({
    queryKey: ['importing', id],
    enabled: Boolean(id),
    queryFn: async ({ signal }) => toImport(await get<RecordData>(`/imports/${id}`, undefined, signal)),
  })

export async function startImport(object: string, file: File): Promise<Import> {
  const body = new FormData()
  body.set('object', object)
  body.set('file', file)
  return toImport((await ask<RecordData>('POST', '/imports', { body })).data)
}

export async function changeImport(
  id: string,
  changes: { mapping?: Mapping; match?: string | null; policy?: string },
): Promise<Import> {
  return toImport((await ask<RecordData>('PATCH', `/imports/${id}`, { body: changes })).data)
}

export async function doImport(id: string, verb: 'check' | 'run' | 'undo'): Promise<Import> {
  return toImport((await ask<RecordData>('POST', `/imports/${id}/actions/${verb}`, { body: {} })).data)
}

/** What taking it back would do. */
export async function rehearseUndo(id: string): Promise<Fate[]> {
  const path = `/imports/${id}/actions/undo?dry_run=true`
  return (await ask<{ fates: Fate[] }>('POST', path, { body: {} })).data.fates
}

export const rejectedHref = (id: string) => `/api/v1/imports/${id}/rows?state=rejected&format=csv`
