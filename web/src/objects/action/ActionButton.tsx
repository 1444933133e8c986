import { Button, Menu } from '@mantine/core'
import type { ActionModel, ObjectModel, RecordData } from '../../api/model'
import { iconNamed } from '../../kit/icons'
import { useParts } from '../Parts'
import { showProblem } from '../problem'
import { openAction } from './openAction'
import { useRunAction } from './useRunAction'

interface Props {
  object: ObjectModel
  record: RecordData
  action: ActionModel
  primary?: boolean
  asItem?: boolean
}

/** One verb on one record. It asks first only when it needs to know something. */
export function ActionButton({ object, record, action, primary = false, asItem = false }: Props) {
  const run = useRunAction()
  const parts = useParts().of(object.name)
  const Icon = iconNamed(action.icon)
  const asks = (action.input ?? []).length > 0 || parts.actionForms?.[action.name] !== undefined
  const onClick = () => {
    if (asks) openAction({ object: object.name, record, action: action.name })
    else run(object, record, action).catch(showProblem)
  }
  if (asItem) {
    return (
      <Menu.Item leftSection={<Icon size={15} />} color={action.destructive ? 'red' : undefined} onClick={onClick}>
        {action.label}
      </Menu.Item>
    )
  }
  return (
    <Button variant={primary ? 'filled' : 'default'} leftSection={<Icon size={15} />} onClick={onClick}>
      {action.label}
    </Button>
  )
}
