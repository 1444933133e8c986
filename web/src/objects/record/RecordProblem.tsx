import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { IconAlertTriangle, IconSearchOff } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { Problem } from '../../api/client'
import type { ObjectModel } from '../../api/model'
import { EmptyState } from '../../kit/EmptyState'
import { lower } from '../../kit/format'
import { problemText } from '../problem'
import type { Bin } from './InBin'

const InBin = lazy(() => import('./InBin').then((module) => ({ default: module.InBin })))

interface Props {
  object: ObjectModel
  id: string
  error: unknown
  onRetry: () => void
}

/** Why there is no record to show: in the bin, unknown to the caller, or not to be reached. */
export function RecordProblem({ object, id, error, onRetry }: Props) {
  const { t } = useLingui()
  const navigate = useNavigate()
  const gone = error instanceof Problem && (error.status === 404 || error.status === 403)
  const bin = error instanceof Problem && (error.body.bin as Bin | undefined)
  const toList = () => void navigate({ to: '/o/$path', params: { path: object.path } })
  const plural = lower(object.label_plural)
  const back = (
    <Button variant={gone && !bin ? 'filled' : 'default'} onClick={toList}>
      {t`All ${plural}`}
    </Button>
  )
  if (bin)
    return (
      <Suspense>
        <InBin object={object} id={id} bin={bin} back={back} />
      </Suspense>
    )
  return (
    <EmptyState
      alone
      icon={gone ? <IconSearchOff size={20} /> : <IconAlertTriangle size={20} />}
      title={gone ? t`${object.label} not found` : t`This page could not be read`}
      text={gone ? t`It may have been deleted, or you may not see it.` : problemText(error)}
      action={
        <>
          {!gone && <Button onClick={onRetry}>{t`Try again`}</Button>}
          {back}
        </>
      }
    />
  )
}
