import { useLingui } from '@lingui/react/macro'
import { ActionIcon } from '@mantine/core'
import { IconStar, IconStarFilled } from '@tabler/icons-react'
import type { ObjectModel, RecordData } from '../../api/model'
import { useSession } from '../../api/ModelContext'
import { linkedList } from '../../fields/link'
import { useRunAction } from '../action/useRunAction'
import { showProblem } from '../problem'

/** A star: whoever has it is told when others change the record. */
export function FollowButton({ object, record }: { object: ObjectModel; record: RecordData }) {
  const { t } = useLingui()
  const run = useRunAction()
  const me = useSession().user.id
  const following = linkedList(record.followers).some((follower) => follower.id === me)
  const action = object.actions.find((candidate) => candidate.name === (following ? 'unfollow' : 'follow'))
  if (!action) return null
  return (
    <ActionIcon
      size={30}
      aria-pressed={following}
      aria-label={t`Follow`}
      title={following ? t`You are told of changes here` : t`Be told of changes here`}
      onClick={() => run(object, record, action).catch(showProblem)}
    >
      {following ? <IconStarFilled size={17} /> : <IconStar size={17} />}
    </ActionIcon>
  )
}
