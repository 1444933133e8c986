import { useLingui } from '@lingui/react/macro'
import { useQueryClient } from '@tanstack/react-query'
import type { RecordData } from '../../api/model'
import { useModel } from '../../api/ModelContext'
import { refresh, updateRecord } from '../../api/records'
import { useRunAction } from '../../objects/action/useRunAction'
import { showProblem } from '../../objects/problem'
import { useUndo } from '../../objects/useUndo'

/** Finishing and putting off, in place. */
export function useToday() {
  const { t } = useLingui()
  const client = useQueryClient()
  const object = useModel().object('activity')
  const run = useRunAction()
  const tellDone = useUndo()

  return {
    complete: async (activity: RecordData): Promise<void> => {
      const action = object?.actions.find((candidate) => candidate.name === 'complete')
      try {
        if (object && action) await run(object, activity, action)
      } catch (error) {
        showProblem(error)
      }
    },
    snooze: async (activity: RecordData, day: string): Promise<void> => {
      if (!object) return
      try {
        const answer = await updateRecord(client, {
          object,
          id: activity.id,
          values: { due_on: day },
          version: activity.version,
        })
        refresh(client, object.name, activity.id)
        tellDone(t`Put off`, [answer.correlation], t`Put off`)
      } catch (error) {
        showProblem(error)
      }
    },
  }
}
