import { Modal } from '@mantine/core'
import { useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { usePhone } from './useMedia'

interface Props {
  title: ReactNode
  onClose: () => void
  size?: number
  children: ReactNode
}

/** A sheet over the page: centred, or full width from below on a phone. */
export function Dialog({ title, onClose, size = 480, children }: Props) {
  const { t } = useLingui()
  const phone = usePhone()
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      size={size}
      fullScreen={phone && size > 600}
      closeButtonProps={{ 'aria-label': t`Close` }}
      overlayProps={{ backgroundOpacity: 0.28 }}
      transitionProps={{ duration: 120 }}
      styles={{ title: { fontWeight: 640, fontSize: 'var(--t-large)' } }}
    >
      {children}
    </Modal>
  )
}
