import { useLingui } from '@lingui/react/macro'
import { IconX } from '@tabler/icons-react'
import { lazy, Suspense } from 'react'
import type { ObjectModel } from '../../api/model'
import { useModel } from '../../api/ModelContext'
import { PopoverButton } from '../../kit/opens'
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
  const found = model.walk(object.name, chip.path)
  if (!found) return null
  return (
    <span className={css.chip}>
      <PopoverButton
        className={css.pop}
        target={
          <button type="button" className={css.body}>
            <span>{found.label}</span>
            <span className={css.op}>{i18n._(operatorLabel(chip.op, chip.values.length))}</span>
            {needsValue(chip.op) && <ChipValues chip={chip} field={found.field} />}
          </button>
        }
      >
        {(close) => (
          <Suspense>
            <FilterForm
              field={found.field}
              path={chip.path}
              object={object}
              start={chip}
              onSave={(next) => {
                close()
                onChange(next)
              }}
            />
          </Suspense>
        )}
      </PopoverButton>
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
