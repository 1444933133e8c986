import { useLingui } from '@lingui/react/macro'
import { Button, Menu } from '@mantine/core'
import { IconCheck, IconUser, IconUsers, IconWorld } from '@tabler/icons-react'
import { MenuButton } from '../../kit/opens'
import type { ListSearch } from '../views/listSearch'
import type { ListState } from '../views/useListState'

/** Mine, my team's, or everyone's. */
export function WhoMenu({ state }: { state: ListState }) {
  const { t } = useLingui()
  const choices: { who: ListSearch['who']; label: string; Icon: typeof IconUser }[] = [
    { who: undefined, label: t`Everyone`, Icon: IconWorld },
    { who: 'team', label: t`My team`, Icon: IconUsers },
    { who: 'mine', label: t`Mine`, Icon: IconUser },
  ]
  const current = choices.find((choice) => choice.who === state.search.who) ?? choices[0]
  const CurrentIcon = current?.Icon ?? IconWorld
  return (
    <MenuButton
      target={
        <Button variant="subtle" color="gray" leftSection={<CurrentIcon size={15} />}>
          {current?.label}
        </Button>
      }
    >
      {choices.map(({ who, label }) => (
        <Menu.RadioItem
          key={label}
          value={who ?? 'all'}
          checked={who === state.search.who}
          checkIcon={<IconCheck size={14} />}
          closeMenuOnClick
          onChange={() => state.change({ who })}
        >
          {label}
        </Menu.RadioItem>
      ))}
    </MenuButton>
  )
}
