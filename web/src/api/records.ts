import type { QueryClient } from '@tanstack/react-query'
import { type Answer, ask, get } from './client'
import { patchRecord, restore, showUnderway } from './cache'
import type { ObjectModel, RecordData } from './model'
import { inTurn } from './turns'

/** Marks everything of one object for reading again: after an action, a create or a delete its lists may differ. */
export function refresh(client: QueryClient, object: string, id?: string): void {
  for (const kind of ['list', 'board', 'short', 'report']) void client.invalidateQueries({ queryKey: [kind, object] })
  if (id)
    for (const kind of ['record', 'timeline', 'history'])
      void client.invalidateQueries({ queryKey: [kind, object, id] })
}

export interface Write {
  object: ObjectModel
  id: string
  values: Record<string, unknown>
  /** What the screen shows until the server has answered, when it differs from what is sent. */
  shown?: Record<string, unknown>
  /** The version that was on the screen; a change of the same field since then is a conflict. */
  version?: number
}

/** Changes fields: shown at once; when refused, put back and read again. */
export async function updateRecord(client: QueryClient, write: Write): Promise<Answer<RecordData>> {
  const { object, id, values, shown = values, version } = write
  const before = patchRecord(client, object.name, id, shown)
  const arrived = showUnderway(id, shown)
  try {
    const answer = await inTurn(id, version, (known) =>
      ask<RecordData>('PATCH', `/${object.path}/${id}`, { body: values, version: known }),
    )
    arrived()
    patchRecord(client, object.name, id, plainParts(answer.data, values))
    return answer
  } catch (error) {
    arrived()
    restore(client, before)
    refresh(client, object.name, id)
    throw error
  }
}

/** The answer holds links as bare ids; the ones on screen are expanded, so only what is no link is taken over. */
function plainParts(record: RecordData, sent: Record<string, unknown>): Record<string, unknown> {
  const out: Record<string, unknown> = { version: record.version }
  for (const name of Object.keys(sent)) {
    const value = record[name]
    if (typeof value !== 'string' || !isId(value)) out[name] = value
  }
  for (const name of Object.keys(out))
    if (Array.isArray(out[name]) && (out[name] as unknown[]).some(isIdLike)) delete out[name]
  return out
}

const isId = (text: string) => /^[0-9a-f]{8}-[0-9a-f]{4}-/i.test(text)
const isIdLike = (value: unknown) =>
  (typeof value === 'string' && isId(value)) || (typeof value === 'object' && value !== null && 'id' in value)

export async function createRecord(object: ObjectModel, values: Record<string, unknown>): Promise<Answer<RecordData>> {
  return ask<RecordData>('POST', `/${object.path}`, { body: values })
}

/** Records of one object that link to what is to be deleted. */
export interface Hanging {
  object: string
  label: string
  count: number
}

/** What hangs on a record that may be deleted; refused where it may not. */
export async function whatHangs(object: ObjectModel, id: string): Promise<Hanging[]> {
  const { data } = await ask<{ hanging: Hanging[] }>('DELETE', `/${object.path}/${id}`, { query: { dry_run: 'true' } })
  return data.hanging
}

/** Gone for good. */
export async function purgeRecord(object: ObjectModel, id: string): Promise<void> {
  await ask<null>('DELETE', `/${object.path}/${id}`, { query: { purge: 'true' } })
}

export async function deleteRecord(object: ObjectModel, id: string): Promise<Answer<null>> {
  return ask<null>('DELETE', `/${object.path}/${id}`)
}

export interface ActionAnswer {
  result?: Record<string, unknown> | null
  records?: (RecordData & { object?: string })[]
}

export async function runAction(
  object: ObjectModel,
  id: string,
  action: string,
  input: Record<string, unknown> = {},
): Promise<Answer<ActionAnswer>> {
  return ask<ActionAnswer>('POST', `/${object.path}/${id}/actions/${action}`, { body: input })
}

export interface Outcome {
  status?: number
  id?: string
  error?: { detail?: string; code?: string; message?: string; fields?: { message: string }[] }
  [key: string]: unknown
}

export interface Operation {
  op: 'create' | 'update' | 'delete'
  id?: string
  values?: Record<string, unknown>
  /** Put to the lists of the record, or taken out of them. */
  add?: Record<string, unknown>
  remove?: Record<string, unknown>
}

/** What a batch would do. */
export interface Rehearsal {
  results: Outcome[]
  hanging: Hanging[]
}

export async function rehearseBatch(object: ObjectModel, operations: Operation[]): Promise<Rehearsal> {
  const query = { dry_run: 'true' }
  return (await ask<Rehearsal>('POST', `/${object.path}/batch`, { body: { atomic: false, operations }, query })).data
}

/** Up to 1,000 changes at once, an outcome each. */
export async function runBatch(object: ObjectModel, operations: Operation[]): Promise<Answer<{ results: Outcome[] }>> {
  return ask('POST', `/${object.path}/batch`, { body: { atomic: false, operations } })
}

export interface Undone {
  restored: number
  /** Left as they are, with the reason. */
  refused: { object: string; id: string; reason: string }[]
}

export async function undo(correlation: string): Promise<Undone> {
  return (await ask<Undone>('POST', '/undo', { body: { correlation } })).data
}

export async function readRecord(object: ObjectModel, id: string, expand?: string): Promise<RecordData> {
  return get<RecordData>(`/${object.path}/${id}`, { expand })
}
