import { type Answer, ask } from '../../api/client'
import type { ObjectModel, RecordData } from '../../api/model'

/** The list with one of its entries a place further up or down. */
export function moved<T>(list: T[], at: number, by: -1 | 1): T[] {
  const to = at + by
  const one = list[at]
  if (one === undefined || to < 0 || to >= list.length) return list
  const rest = list.filter((_, index) => index !== at)
  return [...rest.slice(0, to), one, ...rest.slice(to)]
}

/** Writes the order of records down, in one act. */
export async function saveOrder(object: ObjectModel, records: RecordData[]): Promise<Answer<unknown>> {
  const operations = records.map((record, position) => ({ op: 'update', id: record.id, values: { position } }))
  return ask('POST', `/${object.path}/batch`, { body: { atomic: true, operations } })
}
