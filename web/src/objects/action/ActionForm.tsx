import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { Problem } from '../../api/client'
import type { ActionModel, Field, ObjectModel, RecordData } from '../../api/model'
import { isEmpty } from '../../fields/ui'
import { forWrite } from '../../fields/write'
import { today } from '../../kit/format'
import { isComposing } from '../../kit/keyboard'
import { FormField } from '../edit/FormField'
import { useParts } from '../Parts'
import { problemText } from '../problem'
import css from './action.module.css'
import { useRunAction } from './useRunAction'

interface Props {
  object: ObjectModel
  record: RecordData
  action: ActionModel
  input: Record<string, unknown>
  onClose: () => void
  onDone?: () => void
  label?: ReactNode
}

/** The fields of an action, built from the model; refusals stand at their field. */
export function ActionForm({ object, record, action, input, onClose, onDone, label }: Props) {
  const { t } = useLingui()
  const run = useRunAction()
  const wanted = useParts().of(object.name).actionFields?.(action.name, input)
  const fields = (action.input ?? []).filter(
    (field) => !(field.name in input) && (!wanted || wanted.includes(field.name)),
  )
  const ordered = wanted ? [...fields].sort((a, b) => wanted.indexOf(a.name) - wanted.indexOf(b.name)) : fields
  // A date with the focus would lay its calendar over the rest.
  const begin = ordered.findIndex((field) => field.type !== 'date' && field.type !== 'instant')
  const [values, setValues] = useState<Record<string, unknown>>(() => presets(ordered))
  const [problem, setProblem] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)

  async function submit(): Promise<void> {
    setBusy(true)
    setProblem(null)
    try {
      await run(object, record, action, { ...input, ...filled(ordered, values) }, label)
      onClose()
      onDone?.()
    } catch (error) {
      setProblem(error)
      setBusy(false)
    }
  }

  const faultOf = (field: Field) => (problem instanceof Problem ? problem.field(field.name) : undefined)
  const placed = ordered.some((field) => faultOf(field))
  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.metaKey || event.ctrlKey) && !isComposing(event)) void submit()
      }}
    >
      {ordered.map((field, at) => (
        <FormField
          key={field.name}
          field={{ ...field, writable: true }}
          object={object.name}
          record={record}
          value={values[field.name]}
          fault={faultOf(field)}
          autoFocus={at === begin}
          onChange={(value) => setValues((before) => ({ ...before, [field.name]: value }))}
        />
      ))}
      {problem !== null && !placed && (
        <p className={css.problem} role="alert">
          {problemText(problem)}
        </p>
      )}
      <div className={css.buttons}>
        <Button variant="default" onClick={onClose}>
          {t`Cancel`}
        </Button>
        <Button type="submit" color={action.destructive ? 'red' : undefined} loading={busy}>
          {label ?? action.label}
        </Button>
      </div>
    </form>
  )
}

/** A date of something that has just happened is today unless said otherwise. */
function presets(fields: Field[]): Record<string, unknown> {
  const out: Record<string, unknown> = {}
  for (const field of fields) {
    if (field.type === 'boolean' && field.default != null) out[field.name] = String(field.default) === 'true'
    else if (field.default === 'today') out[field.name] = today()
    else if (field.default === 'now') out[field.name] = new Date().toISOString()
    else if (field.default !== undefined && field.default !== null) out[field.name] = field.default
    else if (/_at$/.test(field.name) && field.type === 'instant') out[field.name] = new Date().toISOString()
    else if (/_(at|on)$/.test(field.name) && field.type === 'date' && field.required) out[field.name] = today()
  }
  return out
}

function filled(fields: Field[], values: Record<string, unknown>): Record<string, unknown> {
  const out: Record<string, unknown> = {}
  for (const field of fields) if (!isEmpty(values[field.name])) out[field.name] = forWrite(field, values[field.name])
  return out
}
