import { useLingui } from '@lingui/react/macro'
import { TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Field, ObjectModel } from '../../api/model'
import { useLinkOptions } from '../../fields/editors/useLinkOptions'
import css from './filter.module.css'
import { LinkTitle } from './LinkTitle'

interface Props {
  field: Field
  object: ObjectModel
  values: string[]
  onChange: (values: string[]) => void
}

/** Records to tick, found as one types; those already chosen stay on top. */
export function LinkChecks({ field, object, values, onChange }: Props) {
  const { t } = useLingui()
  const [typed, setTyped] = useState('')
  const { options } = useLinkOptions(field, object.name, typed)
  const rest = options.filter((option) => !values.includes(option.id))
  const toggle = (id: string) =>
    onChange(values.includes(id) ? values.filter((value) => value !== id) : [...values, id])
  return (
    <div className={css.checks}>
      <TextInput
        aria-label={t`Find`}
        placeholder={t`Find`}
        autoFocus
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <div className={css.options}>
        {values.map((id) => (
          <label key={id} className={css.check}>
            <input type="checkbox" checked onChange={() => toggle(id)} />
            <LinkTitle field={field} id={id} />
          </label>
        ))}
        {rest.map((option) => (
          <label key={option.id} className={css.check}>
            <input type="checkbox" checked={false} onChange={() => toggle(option.id)} />
            <span className="trunc">{option.title}</span>
          </label>
        ))}
      </div>
    </div>
  )
}
