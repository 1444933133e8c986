import { useLingui } from '@lingui/react/macro'
import { useSyncExternalStore } from 'react'
import { useModel } from '../../api/ModelContext'
import { Dialog } from '../../kit/Dialog'
import { lower } from '../../kit/format'
import { CreateForm } from './CreateForm'
import { currentCreate, onCreate, openCreate } from './openCreate'

/** Quick create: stands once in the shell and opens from anywhere. */
export function CreateDialog() {
  const { t } = useLingui()
  const model = useModel()
  const ask = useSyncExternalStore(onCreate, currentCreate)
  const object = model.object(ask?.object)
  if (!ask || !object) return null
  const close = () => openCreate(null)
  return (
    <Dialog title={t`New ${lower(object.label)}`} onClose={close} size={520}>
      <CreateForm object={object} ask={ask} onClose={close} />
    </Dialog>
  )
}
