import { t } from '@lingui/core/macro'
import { Problem } from '../api/client'
import { showToast } from '../kit/toast'

/** What went wrong, and what to do about it, in a sentence. */
export function problemText(error: unknown): string {
  if (!(error instanceof Problem)) return t`Something went wrong. Try again.`
  if (error.code === 'unreachable') return t`The server does not answer. Check the connection and try again.`
  if (error.status === 403) return error.message || t`You may not do this. Ask an administrator.`
  if (error.status === 404) return error.message || t`This no longer exists, or you may not see it.`
  if (error.fields.length > 0) return error.fields.map((fault) => fault.message).join(' ')
  return error.message || t`Something went wrong. Try again.`
}

export function showProblem(error: unknown): void {
  showToast({ kind: 'error', message: problemText(error) })
}
