import { t } from '@lingui/core/macro'
import { useQueryClient } from '@tanstack/react-query'
import type { RecordData } from '../../api/model'
import { useModel } from '../../api/ModelContext'
import { createRecord, refresh, updateRecord } from '../../api/records'
import { showProblem } from '../../objects/problem'
import { useRunAction } from '../../objects/action/useRunAction'
import { useUndo } from '../../objects/useUndo'

/** What one does with activities in many places: write one, finish one, put one off. */
export function useActivity() {
  const client = useQueryClient()
  const model = useModel()
  const tellDone = useUndo()
  const run = useRunAction()
  const object = model.object('activity')

  /** Touches, next steps and timelines of other records follow from activities. */
  function refreshAll(): void {
    if (object) refresh(client, object.name)
    for (const kind of ['timeline', 'record', 'board', 'list', 'short'])
      void client.invalidateQueries({ queryKey: [kind] })
  }

  return {
    object,
    log: async (values: Record<string, unknown>, done: string): Promise<void> => {
      if (!object) return
      const answer = await createRecord(object, values)
      refreshAll()
      tellDone(done, [answer.correlation], done)
    },
    pin: async (activity: RecordData, pinned: boolean): Promise<void> => {
      if (!object) return
      try {
        const answer = await updateRecord(client, { object, id: activity.id, values: { pinned } })
        refreshAll()
        tellDone(pinned ? t`Pinned on top` : t`No longer pinned`, [answer.correlation])
      } catch (error) {
        showProblem(error)
      }
    },
    complete: async (activity: RecordData): Promise<void> => {
      const action = object?.actions.find((candidate) => candidate.name === 'complete')
      try {
        if (object && action) await run(object, activity, action)
        refreshAll()
      } catch (error) {
        showProblem(error)
      }
    },
  }
}
