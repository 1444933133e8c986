import { useLingui } from '@lingui/react/macro'
import { ActionIcon, Menu } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useState } from 'react'
import type { ObjectModel, RecordData } from '../../api/model'
import { openAction } from '../action/openAction'
import type { Zone } from '../Parts'
import type { Column } from './columns'

interface Props {
  object: ObjectModel
  record: RecordData
  title: string
  column: Column
  columns: Column[]
  zones: Zone[]
  onMove: (record: RecordData, column: Column) => void
}

/** The way to move a card without dragging it. */
export function CardMenu({ object, record, title, column, columns, zones, onMove }: Props) {
  const { t } = useLingui()
  const [opened, setOpened] = useState(false)
  if (!object.access.update) return null
  return (
    <Menu position="bottom-end" opened={opened} onChange={setOpened}>
      <Menu.Target>
        <ActionIcon size={24} aria-label={t`Actions for ${title}`} data-menu tabIndex={-1}>
          <IconDots size={15} />
        </ActionIcon>
      </Menu.Target>
      {opened && (
        <Menu.Dropdown>
          <Menu.Label>{t`Move to`}</Menu.Label>
          {columns
            .filter((other) => other.key !== column.key)
            .map((other) => (
              <Menu.Item key={other.key} onClick={() => onMove(record, other)}>
                {other.title}
              </Menu.Item>
            ))}
          {zones.length > 0 && <Menu.Divider />}
          {zones.map((zone) => (
            <Menu.Item
              key={zone.name}
              leftSection={zone.icon}
              onClick={() =>
                openAction({ object: object.name, record, action: zone.action, input: zone.input, label: zone.label })
              }
            >
              {zone.label}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      )}
    </Menu>
  )
}
