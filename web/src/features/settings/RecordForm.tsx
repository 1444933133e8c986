import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { Problem } from '../../api/client'
import type { ObjectModel } from '../../api/model'
import { forWrite } from '../../fields/write'
import { FormField } from '../../objects/edit/FormField'
import { problemText } from '../../objects/problem'
import css from './settings.module.css'

interface Props {
  object: ObjectModel
  fields: string[]
  start: Record<string, unknown>
  submit: ReactNode
  onSave: (values: Record<string, unknown>) => Promise<void>
  onClose: () => void
}

/** Some fields of one record in a sheet, drawn from the model; refusals stand at their field. */
export function RecordForm({ object, fields: names, start, submit, onSave, onClose }: Props) {
  const { t } = useLingui()
  const [values, setValues] = useState(start)
  const [problem, setProblem] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const fields = names.map((name) => object.fields.find((field) => field.name === name)).filter((f) => f !== undefined)
  const faultOf = (name: string) => (problem instanceof Problem ? problem.field(name) : undefined)

  async function save(): Promise<void> {
    setBusy(true)
    setProblem(null)
    const sent: Record<string, unknown> = {}
    for (const field of fields) sent[field.name] = forWrite(field, values[field.name] ?? null)
    try {
      await onSave(sent)
    } catch (error) {
      setProblem(error)
    } finally {
      setBusy(false)
    }
  }

  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      {fields.map((field, at) => (
        <FormField
          key={field.name}
          field={field}
          object={object.name}
          record={values}
          value={values[field.name]}
          fault={faultOf(field.name)}
          autoFocus={at === 0}
          onChange={(value) => setValues((before) => ({ ...before, [field.name]: value }))}
        />
      ))}
      {problem !== null && !fields.some((field) => faultOf(field.name)) && (
        <p className={css.fault} role="alert">
          {problemText(problem)}
        </p>
      )}
      <div className={css.buttons}>
        <Button variant="default" onClick={onClose}>
          {t`Cancel`}
        </Button>
        <Button type="submit" loading={busy}>
          {submit}
        </Button>
      </div>
    </form>
  )
}
