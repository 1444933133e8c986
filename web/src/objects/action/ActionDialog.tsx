import { useSyncExternalStore } from 'react'
import { useModel } from '../../api/ModelContext'
import { Dialog } from '../../kit/Dialog'
import { titleOf } from '../list/TitleCell'
import { useParts } from '../Parts'
import { ActionForm } from './ActionForm'
import { currentAction, onAction, openAction } from './openAction'

/** Asks what an action needs to know; stands once in the shell and opens from anywhere. */
export function ActionDialog() {
  const model = useModel()
  const ask = useSyncExternalStore(onAction, currentAction)
  const parts = useParts()
  const object = model.object(ask?.object)
  const action = object?.actions.find((candidate) => candidate.name === ask?.action)
  if (!ask || !object || !action) return null
  const close = () => openAction(null)
  const Special = parts.of(object.name).actionForms?.[action.name]
  const title = (
    <>
      {ask.label ?? action.label}: {titleOf(object, ask.record)}
    </>
  )
  return (
    <Dialog title={title} onClose={close} size={Special ? 640 : 460}>
      {Special ? (
        <Special object={object} record={ask.record} input={ask.input ?? {}} onClose={close} />
      ) : (
        <ActionForm
          object={object}
          record={ask.record}
          action={action}
          input={ask.input ?? {}}
          onClose={close}
          onDone={ask.onDone}
          label={ask.label}
        />
      )}
    </Dialog>
  )
}
