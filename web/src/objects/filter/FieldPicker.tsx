import { useLingui } from '@lingui/react/macro'
import { TextInput } from '@mantine/core'
import { IconChevronRight, IconCode, IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import type { Field, ObjectModel } from '../../api/model'
import type { ModelIndex } from '../../api/ModelIndex'
import { target } from '../../api/model'
import { useModel } from '../../api/ModelContext'
import { fieldUi } from '../../fields'
import css from './filter.module.css'

interface Props {
  object: ObjectModel
  onPick: (path: string, field: Field) => void
  onRaw: (raw: string) => void
}

interface Entry {
  path: string
  label: string
  field: Field
  deep: boolean
}

/** Fields of the object, then those of what it links to: "Company › Country". */
function entries(model: ModelIndex, object: ObjectModel): Entry[] {
  const usable = (field: Field) => field.filterable !== false && fieldUi(field).operators.length > 0
  const own = object.fields.filter(usable)
  const near = own
    .filter((field) => field.type === 'link' || field.type === 'user')
    .flatMap((field) => {
      const to = model.object(target(field))
      return (to?.fields ?? [])
        .filter((inner) => usable(inner) && inner.type !== 'links')
        .map((inner) => ({
          path: `${field.name}.${inner.name}`,
          label: `${field.label} › ${inner.label}`,
          field: inner,
          deep: true,
        }))
    })
  return [...own.map((field) => ({ path: field.name, label: field.label, field, deep: false })), ...near]
}

const limit = 60

export function FieldPicker({ object, onPick, onRaw }: Props) {
  const { t } = useLingui()
  const model = useModel()
  const [typed, setTyped] = useState('')
  const wanted = typed.trim().toLowerCase()
  const shown = entries(model, object)
    .filter((entry) => (wanted ? entry.label.toLowerCase().includes(wanted) : !entry.deep))
    .slice(0, limit)
  const first = shown[0]
  return (
    <div className={css.picker}>
      <TextInput
        aria-label={t`Find a field`}
        placeholder={t`Find a field`}
        leftSection={<IconSearch size={14} />}
        value={typed}
        autoFocus
        onChange={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && first && !event.nativeEvent.isComposing) onPick(first.path, first.field)
        }}
      />
      <div className={css.options}>
        {shown.map((entry) => (
          <button key={entry.path} type="button" className={css.option} onClick={() => onPick(entry.path, entry.field)}>
            <span className="trunc grow">{entry.label}</span>
            <IconChevronRight size={13} aria-hidden />
          </button>
        ))}
        {shown.length === 0 && <p className={css.nothing}>{t`No field has this name.`}</p>}
      </div>
      <button type="button" className={css.option} onClick={() => onRaw('true')}>
        <IconCode size={14} aria-hidden />
        <span className="grow">{t`Write an expression`}</span>
      </button>
    </div>
  )
}
