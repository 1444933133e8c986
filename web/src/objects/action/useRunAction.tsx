import { useLingui } from '@lingui/react/macro'
import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useCallback } from 'react'
import type { ActionModel, ObjectModel, RecordData } from '../../api/model'
import { type ActionAnswer, refresh, runAction } from '../../api/records'
import { titleOf } from '../list/TitleCell'
import { useUndo } from '../useUndo'
import { askForPlan, type Unplanned } from './unplanned'

/** Runs a verb on a record, reads again what it may have changed, and offers to undo it. */
export function useRunAction() {
  const { t } = useLingui()
  const client = useQueryClient()
  const tellDone = useUndo()
  return useCallback(
    async (
      object: ObjectModel,
      record: RecordData,
      action: ActionModel,
      input: Record<string, unknown> = {},
      /** What the button was called, where that says more than the verb. */
      label: ReactNode = action.label,
    ): Promise<ActionAnswer> => {
      const answer = await runAction(object, record.id, action.name, input)
      for (const changed of answer.data?.records ?? []) if (changed.object) refresh(client, changed.object, changed.id)
      refresh(client, object.name, record.id)
      void client.invalidateQueries({ queryKey: ['timeline'] })
      const title = titleOf(object, record)
      const message = (
        <>
          {label}: {title}
        </>
      )
      tellDone(message, [answer.correlation], t`${action.label}: ${title}`)
      const left = answer.data.result?.unplanned as Unplanned[] | undefined
      if (left) askForPlan(left[0] ?? null)
      return answer.data
    },
    [client, t, tellDone],
  )
}
