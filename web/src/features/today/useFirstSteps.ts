import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useModel, useSession } from '../../api/ModelContext'
import { shortListQuery } from '../../api/queries'
import { keepPreference } from '../../api/session'

export interface FirstStep {
  name: 'data' | 'people' | 'pipeline' | 'deal'
  done: boolean
}

interface Kept {
  closed?: boolean
  /** One has looked at the pipelines. */
  pipeline?: boolean
}

const name = 'first_steps'

/** Are there so many records that one may see? Asked only while somebody wants to know. */
function useThereAre(object: string, count: number, wanted: boolean, filter?: string) {
  const path = useModel().object(object)?.path ?? ''
  const query = useQuery(shortListQuery(object, path, { filter, limit: count }, wanted))
  return { known: !wanted || query.isSuccess, yes: (query.data?.items.length ?? 0) >= count }
}

/** What belongs to the beginning, as far as one may do it: absent once all is done or one has put it away. */
export function useFirstSteps() {
  const client = useQueryClient()
  const model = useModel()
  const { user, workspace } = useSession()
  const kept = (user.preferences?.[name] ?? {}) as Kept
  const may = (object: string, right: 'create' | 'update') =>
    !kept.closed && Boolean(model.object(object)?.access[right])
  const rights = {
    data: may('company', 'create'),
    people: may('user', 'create'),
    pipeline: may('pipeline', 'update'),
    deal: may('deal', 'create'),
  }
  // The sample company came with a pipeline of its own.
  const setUp = workspace.has_sample === true || kept.pipeline === true
  const answers = {
    data: useThereAre('company', 1, rights.data),
    people: useThereAre('user', 2, rights.people),
    pipeline: useThereAre('stage', 1, rights.pipeline && !setUp, 'version > 1'),
    deal: useThereAre('deal', 1, rights.deal),
  }
  const names = (['data', 'people', 'pipeline', 'deal'] as const).filter((step) => rights[step])
  const known = names.every((step) => answers[step].known)
  const steps = names.map(
    (step): FirstStep => ({ name: step, done: answers[step].yes || (step === 'pipeline' && setUp) }),
  )
  const finished = known && steps.length > 0 && steps.every((step) => step.done)
  const keep = (change: Kept) => keepPreference(client, name, { ...kept, ...change })
  useEffect(() => {
    if (finished) keepPreference(client, name, { closed: true })
  }, [finished, client])
  return {
    steps: known && steps.length > 0 && !finished ? steps : undefined,
    onLook: () => keep({ pipeline: true }),
    onClose: () => keep({ closed: true }),
  }
}
