import type { Outcome } from '../../api/records'

/** The reasons of those operations of a batch that were refused. */
export function refusals(results: Outcome[]): string[] {
  return results
    .filter((result) => result.error !== undefined && result.error !== null)
    .map((result) => result.error?.detail ?? result.error?.message ?? result.error?.code ?? '')
}

export function inChunks<T>(items: T[], size: number): T[][] {
  const out: T[][] = []
  for (let at = 0; at < items.length; at += size) out.push(items.slice(at, at + size))
  return out
}
