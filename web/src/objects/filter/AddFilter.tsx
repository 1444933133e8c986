import { useLingui } from '@lingui/react/macro'
import { Button, Popover } from '@mantine/core'
import { IconFilter } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import type { ObjectModel } from '../../api/model'
import type { AnyChip } from './expression'
import css from './filter.module.css'

const AddForm = lazy(() => import('./AddForm').then((module) => ({ default: module.AddForm })))

/** The button that begins a new chip. */
export function AddFilter({ object, onAdd }: { object: ObjectModel; onAdd: (chip: AnyChip) => void }) {
  const { t } = useLingui()
  const [opened, setOpened] = useState(false)
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" trapFocus returnFocus>
      <Popover.Target>
        <Button
          variant="subtle"
          color="gray"
          leftSection={<IconFilter size={15} />}
          data-shortcut="filter"
          onClick={() => setOpened(!opened)}
        >
          {t`Filter`}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p={0} className={css.pop}>
        <Suspense>
          {opened && (
            <AddForm
              object={object}
              onAdd={(chip) => {
                onAdd(chip)
                setOpened(false)
              }}
            />
          )}
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  )
}
