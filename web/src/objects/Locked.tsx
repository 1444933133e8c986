import { useLingui } from '@lingui/react/macro'
import { IconLock } from '@tabler/icons-react'
import { EmptyState } from '../kit/EmptyState'

/** In the place of what one's role does not show; `alone` where it is the whole page. */
export function Locked({ alone = false }: { alone?: boolean }) {
  const { t } = useLingui()
  return (
    <EmptyState
      alone={alone}
      icon={<IconLock size={20} />}
      title={t`You may not see this`}
      text={t`Your role does not include it. An administrator can change that.`}
    />
  )
}
