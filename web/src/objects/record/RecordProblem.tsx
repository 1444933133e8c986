import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { IconAlertTriangle, IconSearchOff } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { Problem } from '../../api/client'
import type { ObjectModel } from '../../api/model'
import { EmptyState } from '../../kit/EmptyState'
import { lower } from '../../kit/format'
import { problemText } from '../problem'

export function RecordProblem({
  object,
  error,
  onRetry,
}: {
  object: ObjectModel
  error: unknown
  onRetry: () => void
}) {
  const { t } = useLingui()
  const navigate = useNavigate()
  const gone = error instanceof Problem && (error.status === 404 || error.status === 403)
  const back = () => void navigate({ to: '/o/$path', params: { path: object.path } })
  const plural = lower(object.label_plural)
  return (
    <EmptyState
      alone
      icon={gone ? <IconSearchOff size={20} /> : <IconAlertTriangle size={20} />}
      title={gone ? t`${object.label} not found` : t`This page could not be read`}
      text={gone ? t`It may have been deleted, or you may not see it.` : problemText(error)}
      action={
        <>
          {!gone && <Button onClick={onRetry}>{t`Try again`}</Button>}
          <Button variant={gone ? 'filled' : 'default'} onClick={back}>
            {t`All ${plural}`}
          </Button>
        </>
      }
    />
  )
}
