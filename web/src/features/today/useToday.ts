import type { RecordData } from '../../api/model'
import { useModel } from '../../api/ModelContext'
import { atZone } from '../../kit/date'
import { useRunAction } from '../../objects/action/useRunAction'
import { showProblem } from '../../objects/problem'

/** Finishing and putting off, in place. */
export function useToday() {
  const object = useModel().object('activity')
  const run = useRunAction()

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
      const action = object?.actions.find((candidate) => candidate.name === 'snooze')
      try {
        if (object && action) await run(object, activity, action, { until: atZone(day, '09:00') })
      } catch (error) {
        showProblem(error)
      }
    },
  }
}
