import { Problem } from '../../api/client'
import type { RecordData } from '../../api/model'

/** The record as last read; nothing once it is in the bin or no longer to be seen, whatever was on the screen before. */
export function readable(query: { data: RecordData | undefined; error: Error | null }): RecordData | undefined {
  const isGone = query.error instanceof Problem && (query.error.status === 404 || query.error.status === 403)
  return isGone ? undefined : query.data
}
