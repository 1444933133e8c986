import type { Hanging, Outcome } from '../../api/records'

/** Why some records would be left as they are. */
export interface Refusal {
  reason: string
  ids: string[]
}

/** What a change of many records would do, or did. */
export interface Fate {
  total: number
  refused: Refusal[]
  hanging: Hanging[]
}

/** Those operations of a batch that were refused, by reason, the commonest first. */
export function refusals(results: Outcome[]): Refusal[] {
  const found = new Map<string, string[]>()
  for (const { id, error } of results) {
    if (!error) continue
    const reason = reasonOf(error)
    found.set(reason, [...(found.get(reason) ?? []), String(id ?? '')])
  }
  return byCount([...found].map(([reason, ids]) => ({ reason, ids })))
}

/** A field's own sentence says more than that something was wrong. */
function reasonOf(error: NonNullable<Outcome['error']>): string {
  const fields = error.fields?.map((fault) => fault.message).join(' ')
  return fields || error.detail || error.message || error.code || ''
}

export function joined(fates: Fate[]): Fate {
  const refused = new Map<string, string[]>()
  const hanging = new Map<string, Hanging>()
  for (const fate of fates) {
    for (const { reason, ids } of fate.refused) refused.set(reason, [...(refused.get(reason) ?? []), ...ids])
    for (const one of fate.hanging)
      hanging.set(one.object, { ...one, count: one.count + (hanging.get(one.object)?.count ?? 0) })
  }
  return {
    total: fates.reduce((sum, fate) => sum + fate.total, 0),
    refused: byCount([...refused].map(([reason, ids]) => ({ reason, ids }))),
    hanging: [...hanging.values()],
  }
}

const byCount = (refused: Refusal[]) => refused.sort((a, b) => b.ids.length - a.ids.length)

export const leftOut = (fate: Fate) => fate.refused.reduce((sum, { ids }) => sum + ids.length, 0)

export function inChunks<T>(items: T[], size: number): T[][] {
  const out: T[][] = []
  for (let at = 0; at < items.length; at += size) out.push(items.slice(at, at + size))
  return out
}
