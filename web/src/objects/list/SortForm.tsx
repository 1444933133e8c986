import { useLingui } from '@lingui/react/macro'
import { Menu } from '@mantine/core'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { useState } from 'react'
import type { ObjectModel } from '../../api/model'
import { columnsOf } from '../views/defaults'
import { readSort, toggleSort } from '../views/sort'
import type { ListState } from '../views/useListState'

const most = 40

/** By which field the list is sorted, and by which where that is the same. */
export function SortForm({ object, state }: { object: ObjectModel; state: ListState }) {
  const { t } = useLingui()
  const [behind, setBehind] = useState(false)
  const keys = readSort(state.sort)
  const [first] = keys
  const shown = columnsOf(object, state.columns)
  const offered = [...shown, ...object.fields.filter((field) => !shown.includes(field))].filter(
    (field) => field.sortable !== false,
  )
  return (
    <>
      {first && (
        <>
          <Menu.CheckboxItem checked={behind} onClick={() => setBehind(!behind)}>
            {t`Then by`}
          </Menu.CheckboxItem>
          <Menu.Divider />
        </>
      )}
      {offered.slice(0, most).map((field) => {
        const key = keys.find((one) => one.field === field.name)
        const place = keys.length > 1 && key ? keys.indexOf(key) + 1 : null
        return (
          <Menu.CheckboxItem
            key={field.name}
            checked={key !== undefined}
            checkIcon={
              key?.desc ? (
                <IconArrowDown size={14} aria-label={t`descending`} />
              ) : (
                <IconArrowUp size={14} aria-label={t`ascending`} />
              )
            }
            onClick={() => state.change({ sort: toggleSort(state.sort, field.name, false, behind && Boolean(first)) })}
            rightSection={place && <span className="dim num">{place}</span>}
          >
            {field.label}
          </Menu.CheckboxItem>
        )
      })}
    </>
  )
}
