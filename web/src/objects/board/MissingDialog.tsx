import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useState } from 'react'
import type { ObjectModel } from '../../api/model'
import { forWrite } from '../../fields/write'
import { Dialog } from '../../kit/Dialog'
import { FormField } from '../edit/FormField'
import css from './board.module.css'
import type { Missing } from './useMoves'

interface Props {
  object: ObjectModel
  missing: Missing
  onClose: () => void
  onSave: (values: Record<string, unknown>) => void
}

/** A column may ask for fields before a card comes or goes: only those that are missing are shown. */
export function MissingDialog({ object, missing, onClose, onSave }: Props) {
  const { t } = useLingui()
  const [values, setValues] = useState<Record<string, unknown>>(() =>
    Object.fromEntries(missing.fields.map((field) => [field.name, missing.record[field.name]])),
  )
  const to = missing.to.title
  return (
    <Dialog title={t`Before it moves to ${to}`} onClose={onClose} size={440}>
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault()
          onSave(Object.fromEntries(missing.fields.map((field) => [field.name, forWrite(field, values[field.name])])))
        }}
      >
        <p className={css.lead}>
          <Trans>Fill in what this step asks for; the card moves as soon as you save.</Trans>
        </p>
        {missing.fields.map((field, at) => (
          <FormField
            key={field.name}
            field={field}
            object={object.name}
            record={missing.record}
            value={values[field.name]}
            fault={missing.problem.field(field.name)}
            autoFocus={at === 0}
            onChange={(value) => setValues((before) => ({ ...before, [field.name]: value }))}
          />
        ))}
        <div className={css.buttons}>
          <Button variant="default" onClick={onClose}>
            {t`Cancel`}
          </Button>
          <Button type="submit">{t`Save and move`}</Button>
        </div>
      </form>
    </Dialog>
  )
}
