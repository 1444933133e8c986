import { useLingui } from '@lingui/react/macro'
import { useId, useState } from 'react'
import type { Field } from '../../api/model'
import { Editor } from '../../fields/Editor'
import { linked } from '../../fields/link'
import * as format from '../../kit/format'
import css from './leads.module.css'

export type Choice = 'new' | 'none' | { id: string; title?: string }

interface Props {
  legend: string
  /** What the new one would be called. */
  name: string
  field: Field | undefined
  matches: { id: string; title: string; by?: string }[]
  choice: Choice
  optional?: boolean
  onChange: (choice: Choice) => void
}

/** A new one, one of those that look alike, any other, or none. */
export function WhichOne({ legend, name, field, matches, choice, optional = false, onChange }: Props) {
  const { t } = useLingui()
  const group = useId()
  const [searching, setSearching] = useState(false)
  const chosen = typeof choice === 'object' ? choice.id : null
  const because: Record<string, string> = {
    emails: t`there already, same e-mail`,
    phones: t`there already, same phone`,
    domains: t`there already, same domain`,
    name: t`there already, similar name`,
  }
  const isMatch = matches.some((match) => match.id === chosen)
  const radio = (checked: boolean, onPick: () => void, label: string, note?: string) => (
    <label className={css.option} data-checked={checked}>
      <input type="radio" name={group} checked={checked} onChange={onPick} />
      <span className="trunc">{label}</span>
      {note && <span className={css.note}>{note}</span>}
    </label>
  )
  const pick = (next: Choice) => {
    setSearching(false)
    onChange(next)
  }
  return (
    <fieldset className={css.part}>
      <legend>{legend}</legend>
      {name && radio(choice === 'new' && !searching, () => pick('new'), t`New: ${name}`)}
      {matches.map((match) => (
        <div key={match.id}>{radio(chosen === match.id, () => pick(match), match.title, because[match.by ?? ''])}</div>
      ))}
      {radio(
        searching || (chosen !== null && !isMatch),
        () => setSearching(true),
        t`Another one that is there already`,
      )}
      {(searching || (chosen !== null && !isMatch)) && field && (
        <Editor
          field={{ ...field, required: true }}
          object="lead"
          label={legend}
          value={chosen && !isMatch ? choice : null}
          onChange={(value) => {
            const found = linked(value)
            if (found) onChange({ id: found.id, title: found.title })
          }}
        />
      )}
      {optional && radio(choice === 'none' && !searching, () => pick('none'), t`Without ${format.lower(legend)}`)}
    </fieldset>
  )
}
