import { useLingui } from '@lingui/react/macro'
import { Menu } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import type { ObjectModel, RecordData } from '../../api/model'
import { MenuButton } from '../../kit/opens'
import { ZoneItems } from '../action/ZoneItems'
import type { Zone } from '../Parts'
import css from './board.module.css'
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
  if (!object.access.update) return null
  return (
    <MenuButton
      position="bottom-end"
      target={
        <button type="button" className={css.dots} aria-label={t`Actions for ${title}`} data-menu tabIndex={-1}>
          <IconDots size={15} aria-hidden />
        </button>
      }
    >
      <Menu.Label>{t`Move to`}</Menu.Label>
      {columns
        .filter((other) => other.key !== column.key)
        .map((other) => (
          <Menu.Item key={other.key} onClick={() => onMove(record, other)}>
            {other.title}
          </Menu.Item>
        ))}
      {zones.length > 0 && <Menu.Divider />}
      <ZoneItems object={object} record={record} zones={zones} />
    </MenuButton>
  )
}
