import { useLingui } from '@lingui/react/macro'
import { IconX } from '@tabler/icons-react'
import type { ObjectModel } from '../../api/model'
import { useModel } from '../../api/ModelContext'
import { AddFilter } from './AddFilter'
import { type AnyChip, isRaw, parseFilter } from './expression'
import css from './filter.module.css'
import { FilterChip } from './FilterChip'
import { RawFilter } from './RawFilter'
import { named, writeFilter } from './write'

interface Props {
  object: ObjectModel
  filter: string
  onChange: (filter: string) => void
  /** What the server says about an expression it cannot read. */
  fault?: string
}

/** Chips of the filter in force, and one button to add another. The expression is the state; chips only show it. */
export function FilterBar({ object, filter, onChange, fault }: Props) {
  const { t } = useLingui()
  const model = useModel()
  const fieldOf = (path: string) => model.walk(object.name, path)?.field
  const chips = parseFilter(filter).map((chip) => (isRaw(chip) ? chip : named(chip, fieldOf(chip.path))))
  const commit = (next: AnyChip[]) => onChange(writeFilter(next, fieldOf))
  const replace = (at: number, next: AnyChip | null) =>
    commit(chips.flatMap((chip, index) => (index === at ? (next ? [next] : []) : [chip])))

  return (
    <>
      {chips.map((chip, at) =>
        isRaw(chip) || !fieldOf(chip.path) ? (
          <RawFilter
            key={at}
            text={isRaw(chip) ? chip.raw : writeFilter([chip], fieldOf)}
            fault={fault}
            onChange={(raw) => replace(at, raw ? { raw } : null)}
          />
        ) : (
          <FilterChip key={at} object={object} chip={chip} onChange={(next) => replace(at, next)} />
        ),
      )}
      <AddFilter object={object} onAdd={(chip) => commit([...chips, chip])} />
      {chips.length > 1 && (
        <button type="button" className={css.clear} onClick={() => onChange('')}>
          <IconX size={13} aria-hidden /> {t`Clear filters`}
        </button>
      )}
    </>
  )
}
