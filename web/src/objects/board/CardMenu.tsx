import { useLingui } from '@lingui/react/macro'
import { Menu } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import type { ObjectModel, RecordData } from '../../api/model'
import { openAction } from '../action/openAction'
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

/** The way to move a card without dragging it. A board has hundreds: until it opens, each is a button and no more. */
export function CardMenu({ object, record, title, column, columns, zones, onMove }: Props) {
  const { t } = useLingui()
  const [opened, setOpened] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  /** Where one was when it opened: there one is again when it closes. */
  const from = useRef<Element>(null)
  useEffect(() => {
    if (opened || !from.current) return
    const back = from.current.isConnected ? from.current : button.current
    from.current = null
    if (document.activeElement === document.body) (back as HTMLElement | null)?.focus({ preventScroll: true })
  }, [opened])
  if (!object.access.update) return null
  const target = (
    <button
      ref={button}
      type="button"
      className={css.dots}
      aria-label={t`Actions for ${title}`}
      aria-haspopup="menu"
      aria-expanded={opened}
      data-menu
      tabIndex={-1}
      onClick={() => {
        if (opened) return
        from.current = document.activeElement
        setOpened(true)
      }}
    >
      <IconDots size={15} aria-hidden />
    </button>
  )
  if (!opened) return target
  return (
    <Menu position="bottom-end" opened onChange={setOpened} returnFocus={false}>
      <Menu.Target>{target}</Menu.Target>
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
    </Menu>
  )
}
