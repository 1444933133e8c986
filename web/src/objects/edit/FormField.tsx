import { useId } from 'react'
import type { Field } from '../../api/model'
import { Editor } from '../../fields/Editor'
import css from './edit.module.css'
import { useMakeLinked } from './useMakeLinked'

interface Props {
  field: Field
  object: string
  value: unknown
  record?: Record<string, unknown>
  fault?: string
  autoFocus?: boolean
  onChange: (value: unknown) => void
}

/** A labelled field of a form: help below, the reason of a refusal at the place. */
export function FormField({ field, object, value, record, fault, autoFocus, onChange }: Props) {
  const id = useId()
  const make = useMakeLinked()
  const note = useId()
  const hasNote = Boolean(fault ?? field.help)
  return (
    <div className={css.field}>
      <label htmlFor={id} className={css.label}>
        {field.label}
        {field.required && <span aria-hidden> *</span>}
      </label>
      <Editor
        field={field}
        object={object}
        record={record}
        make={make}
        value={value}
        onChange={onChange}
        id={id}
        label={field.label}
        invalid={Boolean(fault)}
        describedBy={hasNote ? note : undefined}
        autoFocus={autoFocus}
      />
      {hasNote && (
        <span id={note} className={fault ? css.fault : css.help} role={fault ? 'alert' : undefined}>
          {fault ?? field.help}
        </span>
      )}
    </div>
  )
}
