import { t } from '@lingui/core/macro'
import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import type { MakeLinked } from '../../fields/editors/types'
import { createRecord, refresh } from '../../api/records'
import { showProblem } from '../problem'
import { useUndo } from '../useUndo'

/** Makes the record that a link misses from nothing but its name, beside what else is being typed. */
export function useMakeLinked(): MakeLinked {
  const client = useQueryClient()
  const tellDone = useUndo()
  return useCallback(
    async (object, name) => {
      try {
        const answer = await createRecord(object, { [object.title]: name })
        refresh(client, object.name)
        tellDone(t`${name} created`, [answer.correlation])
        return { id: answer.data.id, title: name }
      } catch (error) {
        showProblem(error)
        return null
      }
    },
    [client, tellDone],
  )
}
