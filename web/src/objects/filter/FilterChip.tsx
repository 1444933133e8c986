import { useLingui } from '@lingui/react/macro'
import { Popover } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import type { ObjectModel } from '../../api/model'
import { useModel } from '../../api/ModelContext'
import { ChipValues } from './ChipValues'
import type { Chip } from './expression'
import css from './filter.module.css'
import { needsValue, operatorLabel } from './operatorLabels'

const FilterForm = lazy(() => import('./FilterForm').then((module) => ({ default: module.FilterForm })))

interface Props {
  object: ObjectModel
  chip: Chip
  onChange: (chip: Chip | null) => void
}

/** "Field operator value": a click changes it, the cross takes it away. */
export function FilterChip({ object, chip, onChange }: Props) {
  const { t, i18n } = useLingui()
  const model = useModel()
  const [opened, setOpened] = useState(false)
  const found = model.walk(object.name, chip.path)
  if (!found) return null
  return (
    <span className={css.chip}>
      <Popover opened={opened} onChange={setOpened} position="bottom-start" trapFocus returnFocus>
        <Popover.Target>
          <button type="button" className={css.body} aria-expanded={opened} onClick={() => setOpened(!opened)}>
            <span>{found.label}</span>
            <span className={css.op}>{i18n._(operatorLabel(chip.op, chip.values.length))}</span>
            {needsValue(chip.op) && <ChipValues chip={chip} field={found.field} />}
          </button>
        </Popover.Target>
        <Popover.Dropdown p={0} className={css.pop}>
          <Suspense>
            {opened && (
              <FilterForm
                field={found.field}
                path={chip.path}
                object={object}
                start={chip}
                onSave={(next) => {
                  setOpened(false)
                  onChange(next)
                }}
              />
            )}
          </Suspense>
        </Popover.Dropdown>
      </Popover>
      <button
        type="button"
        className={css.remove}
        aria-label={t`Remove filter ${found.label}`}
        onClick={() => onChange(null)}
      >
        <IconX size={13} />
      </button>
    </span>
  )
}
