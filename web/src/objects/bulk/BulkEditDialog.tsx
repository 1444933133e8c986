import { plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { Button, Select } from '@mantine/core'
import { useState } from 'react'
import type { Field, ObjectModel } from '../../api/model'
import { isEditable } from '../../fields'
import { Dialog } from '../../kit/Dialog'
import { FormField } from '../edit/FormField'
import css from './bulk.module.css'

interface Props {
  object: ObjectModel
  count: number
  field?: string
  onClose: () => void
  /** Null when done, otherwise why not. */
  onApply: (field: Field, value: unknown) => Promise<string | null>
}

/** One field, one value, for all that are selected. The number stands on the button. */
export function BulkEditDialog({ object, count, field: given, onClose, onApply }: Props) {
  const { t } = useLingui()
  const fields = object.fields.filter((field) => isEditable(field) && !field.alias_of)
  const [name, setName] = useState(given ?? null)
  const [value, setValue] = useState<unknown>(null)
  const [fault, setFault] = useState<string>()
  const [busy, setBusy] = useState(false)
  const field = fields.find((candidate) => candidate.name === name)

  async function apply(): Promise<void> {
    if (!field) return
    setBusy(true)
    setFault((await onApply(field, value)) ?? undefined)
    setBusy(false)
  }

  return (
    <Dialog title={given ? t`Assign` : t`Edit a field`} onClose={onClose} size={420}>
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault()
          void apply()
        }}
      >
        {!given && (
          <Select
            label={t`Field`}
            data-autofocus
            searchable
            nothingFoundMessage={t`No field has this name.`}
            data={fields.map((candidate) => ({ value: candidate.name, label: candidate.label }))}
            value={name}
            onChange={(next) => {
              setName(next)
              setValue(null)
            }}
          />
        )}
        {field && (
          <FormField
            key={field.name}
            field={{ ...field, required: false }}
            object={object.name}
            value={value}
            fault={fault}
            onChange={setValue}
          />
        )}
        <div className={css.buttons}>
          <Button variant="default" onClick={onClose}>
            {t`Cancel`}
          </Button>
          <Button type="submit" disabled={!field} loading={busy}>
            {plural(count, { one: 'Change # record', other: 'Change # records' })}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
