import { useLingui } from '@lingui/react/macro'
import { Button, Menu } from '@mantine/core'
import { IconCheck, IconChevronDown } from '@tabler/icons-react'
import { lower } from '../../kit/format'
import { iconNamed } from '../../kit/icons'
import { MenuButton } from '../../kit/opens'
import type { Scope } from '../views/scope'
import { useScopeRecords } from '../views/useScopeRecords'
import type { ListState } from '../views/useListState'

/** Switches between what the groups belong to, such as pipelines. A board always shows one of them. */
export function ScopeMenu({ scope, state, required }: { scope: Scope; state: ListState; required: boolean }) {
  const { t } = useLingui()
  const { records, chosen } = useScopeRecords(scope, state.search.scope, required)
  const Icon = iconNamed(scope.object.icon)
  const plural = lower(scope.object.label_plural)
  const title = (id: string | undefined) =>
    String(records.find((record) => record.id === id)?.[scope.object.title] ?? '')
  if (records.length < 2 && !state.search.scope) return null
  return (
    <MenuButton
      target={
        <Button
          variant="subtle"
          color="gray"
          leftSection={<Icon size={15} />}
          rightSection={<IconChevronDown size={13} />}
        >
          {title(chosen) || t`All ${plural}`}
        </Button>
      }
    >
      {[...(required ? [] : [undefined]), ...records.map((record) => record.id)].map((id) => (
        <Menu.RadioItem
          key={id ?? 'all'}
          value={id ?? 'all'}
          checked={id === chosen}
          checkIcon={<IconCheck size={14} />}
          closeMenuOnClick
          onChange={() => state.change({ scope: id })}
        >
          {id ? title(id) : t`All ${plural}`}
        </Menu.RadioItem>
      ))}
    </MenuButton>
  )
}
