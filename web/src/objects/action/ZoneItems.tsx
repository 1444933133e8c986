import { Menu } from '@mantine/core'
import type { ObjectModel, RecordData } from '../../api/model'
import type { Zone } from '../Parts'
import { openAction } from './openAction'

/** What a board has places for beside its columns, as lines of a menu. */
export function ZoneItems({ object, record, zones }: { object: ObjectModel; record: RecordData; zones: Zone[] }) {
  return zones.map((zone) => (
    <Menu.Item
      key={zone.name}
      leftSection={zone.icon}
      onClick={() =>
        openAction({ object: object.name, record, action: zone.action, input: zone.input, label: zone.label })
      }
    >
      {zone.label}
    </Menu.Item>
  ))
}
