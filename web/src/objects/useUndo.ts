import { plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useCallback } from 'react'
import { written } from '../api/client'
import { undo } from '../api/records'
import { say } from '../kit/Live'
import { showToast } from '../kit/toast'
import { showProblem } from './problem'

let lastDone: (() => void) | null = null

/**
 * ⌘Z takes back the last thing done on this page, also when its answer is still to come. When that is a refusal there is
 * nothing to take back: what was done before it is not meant.
 */
export async function undoLast(): Promise<void> {
  if (!(await written())) return
  const run = lastDone
  lastDone = null
  run?.()
}

/** What takes something back: the writes that did it, or another way where the log does not know it. */
type Taken = (string | null)[] | (() => Promise<unknown>)

/** Tells that something was done, and offers to take it back. */
export function useUndo(): (message: ReactNode, taken: Taken, spoken?: string) => void {
  const { t } = useLingui()
  const client = useQueryClient()
  return useCallback(
    (message, taken, spoken) => {
      const known = typeof taken === 'function' ? [] : taken.filter((correlation) => correlation !== null)
      const may = typeof taken === 'function' || known.length > 0
      if (spoken) say(spoken)
      const back = async () => {
        lastDone = null
        try {
          const refused = []
          if (typeof taken === 'function') await taken()
          for (const correlation of [...known].reverse()) refused.push(...((await undo(correlation))?.refused ?? []))
          await client.invalidateQueries({
            predicate: (query) => query.queryKey[0] !== 'model' && query.queryKey[0] !== 'session',
          })
          if (refused.length === 0) return showToast({ message: t`Undone` })
          const left = plural(refused.length, {
            one: 'Undone, but # record was left as it is:',
            other: 'Undone, but # records were left as they are:',
          })
          showToast({ kind: 'error', message: `${left} ${refused[0]?.reason ?? ''}` })
        } catch (error) {
          showProblem(error)
        }
      }
      lastDone = may ? () => void back() : null
      showToast({ message, ...(may ? { action: { label: t`Undo`, run: () => void back() } } : {}) })
    },
    [client, t],
  )
}
