import { useLingui } from '@lingui/react/macro'
import { Switch } from '@mantine/core'
import { useContext } from 'react'
import { lower } from '../../../kit/format'
import css from '../related.module.css'
import { GroupContext } from './GroupContext'

/** Whether lists, sums and timeline take in what hangs below. */
export function GroupSwitch() {
  const { t } = useLingui()
  const { group, on, setOn } = useContext(GroupContext)
  if (!group) return null
  const count = group.ids.length - 1
  return (
    <Switch
      className={css.group}
      size="xs"
      label={t`Include ${count} ${lower(group.label)}`}
      checked={on}
      onChange={(event) => setOn(event.currentTarget.checked)}
    />
  )
}
