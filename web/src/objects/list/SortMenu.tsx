import { useLingui } from '@lingui/react/macro'
import { Button, Menu } from '@mantine/core'
import { IconArrowDown, IconArrowsSort, IconArrowUp } from '@tabler/icons-react'
import type { ObjectModel } from '../../api/model'
import { columnsOf } from '../views/defaults'
import { readSort, toggleSort } from '../views/sort'
import type { ListState } from '../views/useListState'

export function SortMenu({ object, state }: { object: ObjectModel; state: ListState }) {
  const { t } = useLingui()
  const [first] = readSort(state.sort)
  const current = object.fields.find((field) => field.name === first?.field)
  const shown = columnsOf(object, state.columns)
  const offered = [...shown, ...object.fields.filter((field) => !shown.includes(field))].filter(
    (field) => field.sortable !== false,
  )
  return (
    <Menu closeOnItemClick={false} width={240}>
      <Menu.Target>
        <Button variant="subtle" color="gray" leftSection={<IconArrowsSort size={15} />}>
          {current?.label ?? t`Sort`}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={380} style={{ overflowY: 'auto' }}>
        {offered.slice(0, 40).map((field) => {
          const active = field.name === first?.field
          return (
            <Menu.RadioItem
              key={field.name}
              value={field.name}
              checked={active}
              checkIcon={
                first?.desc ? (
                  <IconArrowDown size={14} aria-label={t`descending`} />
                ) : (
                  <IconArrowUp size={14} aria-label={t`ascending`} />
                )
              }
              onClick={() => state.change({ sort: toggleSort(state.sort, field.name, false) })}
            >
              {field.label}
            </Menu.RadioItem>
          )
        })}
      </Menu.Dropdown>
    </Menu>
  )
}
