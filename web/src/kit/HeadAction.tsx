import { ActionIcon, Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { useMedia } from './useMedia'

interface Props {
  icon: ReactNode
  label: string
  primary?: boolean
  onClick: () => void
}

/** A button of a page header; under 400 pixels only its icon. */
export function HeadAction({ icon, label, primary = false, onClick }: Props) {
  const tiny = useMedia('(max-width: 400px)')
  const variant = primary ? 'filled' : 'default'
  if (tiny) {
    return (
      <ActionIcon variant={variant} color={primary ? 'pine' : 'gray'} size={44} aria-label={label} onClick={onClick}>
        {icon}
      </ActionIcon>
    )
  }
  return (
    <Button variant={variant} leftSection={icon} onClick={onClick}>
      {label}
    </Button>
  )
}
