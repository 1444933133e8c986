import { useLingui } from '@lingui/react/macro'
import { Button, Menu } from '@mantine/core'
import { IconCalendar, IconCheck } from '@tabler/icons-react'
import type { Field } from '../../api/model'
import { MenuButton } from '../../kit/opens'
import { periods } from '../filter/periods'
import type { ListState } from '../views/useListState'

const offered = ['past', 'this_month', 'next_30', 'this_quarter', 'this_year']

/** Narrows the list to a stretch of time by the date that the object is planned by. */
export function PeriodMenu({ field, state }: { field: Field; state: ListState }) {
  const { t, i18n } = useLingui()
  const word = (name: string | undefined) => {
    const label = name && periods.label(name)
    return label ? `${field.label}: ${i18n._(label)}` : t`Any time`
  }
  return (
    <MenuButton
      target={
        <Button variant="subtle" color="gray" leftSection={<IconCalendar size={15} />}>
          {word(state.search.period)}
        </Button>
      }
    >
      {[undefined, ...offered].map((name) => (
        <Menu.RadioItem
          key={name ?? 'any'}
          value={name ?? 'any'}
          checked={name === state.search.period}
          checkIcon={<IconCheck size={14} />}
          closeMenuOnClick
          onChange={() => state.change({ period: name })}
        >
          {word(name)}
        </Menu.RadioItem>
      ))}
    </MenuButton>
  )
}
