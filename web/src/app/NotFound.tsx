import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { IconMapOff } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { EmptyState } from '../kit/EmptyState'

export function NotFound() {
  const { t } = useLingui()
  const navigate = useNavigate()
  return (
    <EmptyState
      alone
      icon={<IconMapOff size={20} />}
      title={t`There is no such page`}
      text={t`The address may be mistyped, or what stood here has moved.`}
      action={<Button onClick={() => void navigate({ to: '/' })}>{t`Go to Today`}</Button>}
    />
  )
}
