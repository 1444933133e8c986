import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { IconFilter } from '@tabler/icons-react'
import { lazy, Suspense } from 'react'
import type { ObjectModel } from '../../api/model'
import { PopoverButton } from '../../kit/opens'
import type { AnyChip } from './expression'
import css from './filter.module.css'

const AddForm = lazy(() => import('./AddForm').then((module) => ({ default: module.AddForm })))

/** The button that begins a new chip. */
export function AddFilter({ object, onAdd }: { object: ObjectModel; onAdd: (chip: AnyChip) => void }) {
  const { t } = useLingui()
  return (
    <PopoverButton
      className={css.pop}
      target={
        <Button variant="subtle" color="gray" leftSection={<IconFilter size={15} />} data-shortcut="filter">
          {t`Filter`}
        </Button>
      }
    >
      {(close) => (
        <Suspense>
          <AddForm
            object={object}
            onAdd={(chip) => {
              onAdd(chip)
              close()
            }}
          />
        </Suspense>
      )}
    </PopoverButton>
  )
}
