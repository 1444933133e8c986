import { useLingui } from '@lingui/react/macro'
import { Switch } from '@mantine/core'
import { Problem } from '../../api/client'
import type { Field } from '../../api/model'
import { FormField } from '../../objects/edit/FormField'
import { dealFields } from './convertInput'
import css from './leads.module.css'

interface Props {
  legend: string
  fields: Map<string, Field>
  values: Record<string, unknown>
  wanted: boolean
  problem: unknown
  onWant: (wanted: boolean) => void
  onChange: (change: Record<string, unknown>) => void
}

/** Whether a deal is opened, and what is known of it. Another pipeline begins at a first stage of its own. */
export function DealPart({ legend, fields, values, wanted, problem, onWant, onChange }: Props) {
  const { t } = useLingui()
  const known = dealFields.map((name) => fields.get(name)).filter((field) => field !== undefined)
  const change = (name: string, value: unknown) =>
    onChange({ ...(name === 'deal_pipeline' && { deal_stage: null }), [name]: value })
  return (
    <fieldset className={css.part}>
      <legend>{legend}</legend>
      <Switch label={t`Open a deal`} checked={wanted} onChange={(event) => onWant(event.currentTarget.checked)} />
      {wanted && (
        <div className={css.deal}>
          {known.map((field) => (
            <FormField
              key={field.name}
              field={{ ...field, writable: true }}
              object="deal"
              record={{ pipeline: values.deal_pipeline }}
              value={values[field.name]}
              fault={problem instanceof Problem ? problem.field(field.name) : undefined}
              onChange={(value) => change(field.name, value)}
            />
          ))}
        </div>
      )}
    </fieldset>
  )
}
