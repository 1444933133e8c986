import { useLingui } from '@lingui/react/macro'
import { ActionIcon } from '@mantine/core'
import { IconBell } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { useModel } from '../../api/ModelContext'
import { shortListQuery } from '../../api/queries'
import { PopoverButton } from '../../kit/opens'
import css from './bell.module.css'

const BellList = lazy(() => import('./BellList').then((module) => ({ default: module.BellList })))

/** Assignments, mentions and reminders that have not been read. */
export function Bell() {
  const { t } = useLingui()
  const object = useModel().object('notification')
  const unread = useQuery(
    shortListQuery(
      'notification',
      object?.path ?? '',
      { filter: 'user == me() && !has(read_at)', sort: '-created_at', limit: 20, fields: 'read_at' },
      Boolean(object?.access.read),
    ),
  )
  if (!object?.access.read) return null
  const count = unread.data?.items.length ?? 0
  return (
    <PopoverButton
      position="top-end"
      width={340}
      target={
        <ActionIcon aria-label={count > 0 ? t`Notifications, ${count} unread` : t`Notifications`} className={css.bell}>
          <IconBell size={17} />
          {count > 0 && <span className={css.dot} aria-hidden />}
        </ActionIcon>
      }
    >
      {(close) => (
        <Suspense>
          <BellList object={object} onClose={close} />
        </Suspense>
      )}
    </PopoverButton>
  )
}
