import { useLingui } from '@lingui/react/macro'
import { TextInput } from '@mantine/core'
import { useState } from 'react'
import css from './filter.module.css'

interface Props {
  options: { code: string; label: string }[]
  values: string[]
  onChange: (values: string[]) => void
  single?: boolean
}

const searchFrom = 10

export function OptionChecks({ options, values, onChange, single = false }: Props) {
  const { t } = useLingui()
  const [typed, setTyped] = useState('')
  const wanted = typed.trim().toLowerCase()
  const shown = options.filter((option) => option.label.toLowerCase().includes(wanted)).slice(0, 100)
  const toggle = (code: string) =>
    onChange(single ? [code] : values.includes(code) ? values.filter((value) => value !== code) : [...values, code])
  return (
    <div className={css.checks}>
      {options.length > searchFrom && (
        <TextInput
          aria-label={t`Find`}
          placeholder={t`Find`}
          autoFocus
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      )}
      <div className={css.options}>
        {shown.map((option) => (
          <label key={option.code} className={css.check}>
            <input
              type={single ? 'radio' : 'checkbox'}
              name="filter-value"
              checked={values.includes(option.code)}
              onChange={() => toggle(option.code)}
            />
            <span className="trunc">{option.label}</span>
          </label>
        ))}
        {shown.length === 0 && <p className={css.nothing}>{t`Nothing matches`}</p>}
      </div>
    </div>
  )
}
