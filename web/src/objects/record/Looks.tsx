import { lazy, Suspense } from 'react'
import type { ObjectModel, RecordData } from '../../api/model'

const AccessDialog = lazy(() => import('../access/AccessDialog').then((module) => ({ default: module.AccessDialog })))
const HistoryDialog = lazy(() => import('./HistoryDialog').then((module) => ({ default: module.HistoryDialog })))

/** What one looks up about a record: what was changed of it, and who can see it. */
export type Look = 'history' | 'access'

interface Props {
  look: Look | undefined
  object: ObjectModel
  record: RecordData
  onClose: () => void
}

export function Looks({ look, ...props }: Props) {
  return (
    <Suspense>
      {look === 'history' && <HistoryDialog {...props} />}
      {look === 'access' && <AccessDialog {...props} />}
    </Suspense>
  )
}
