import { t } from '@lingui/core/macro'
import { useQueryClient } from '@tanstack/react-query'
import type { ObjectModel, RecordData } from '../../../api/model'
import { refresh, updateRecord } from '../../../api/records'
import { isMoney } from '../../../fields/money'
import { showProblem } from '../../../objects/problem'
import { useUndo } from '../../../objects/useUndo'

/** Whether the lines drive the amount, and how to give it back to them. */
export function useAmount(object: ObjectModel, record: RecordData) {
  const client = useQueryClient()
  const tellDone = useUndo()
  const byHand = record.amount_manual === true && isMoney(record.lines_amount)
  const field = object.fields.find((candidate) => candidate.name === 'amount_manual')
  const follow = async () => {
    try {
      const answer = await updateRecord(client, { object, id: record.id, values: { amount_manual: false } })
      refresh(client, object.name, record.id)
      tellDone(t`The amount follows the lines again`, [answer.correlation])
    } catch (error) {
      showProblem(error)
    }
  }
  return { byHand, follow: object.access.update && field?.writable ? () => void follow() : undefined }
}
