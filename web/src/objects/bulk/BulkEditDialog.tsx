import { plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { Button, Select } from '@mantine/core'
import { useState } from 'react'
import type { Field, ObjectModel } from '../../api/model'
import { isEditable } from '../../fields'
import { isEmpty } from '../../fields/ui'
import { forWrite } from '../../fields/write'
import { Dialog } from '../../kit/Dialog'
import { Segmented } from '../../kit/Segmented'
import { FormField } from '../edit/FormField'
import { problemText } from '../problem'
import css from './bulk.module.css'
import { Refused } from './FateList'
import { type Fate, leftOut } from './outcome'
import type { Make, useBulk } from './useBulk'

interface Props {
  object: ObjectModel
  bulk: ReturnType<typeof useBulk>
  count: number
  field?: string
  onClose: () => void
}

type How = 'add' | 'remove' | 'replace'

/** Lists of plain values: tags, languages, interests. */
const isList = (field: Field | undefined) =>
  field !== undefined && ['choices', 'texts', 'links'].includes(field.type) && field.to !== 'any'

/**
 * One field, one value, for all that are selected. The number stands on the button; whom the server would refuse is
 * told with the reason before anything is written.
 */
export function BulkEditDialog({ object, bulk, count, field: given, onClose }: Props) {
  const { t } = useLingui()
  const fields = object.fields.filter((field) => isEditable(field) && !field.alias_of)
  const [name, setName] = useState(given ?? null)
  const [value, setValue] = useState<unknown>(null)
  const [how, setHow] = useState<How>('add')
  const [fate, setFate] = useState<Fate>()
  const [fault, setFault] = useState<string>()
  const [busy, setBusy] = useState(false)
  const field = fields.find((candidate) => candidate.name === name)
  // Who assigns says to whom; emptying a field is asked for as such.
  const nothing = given !== undefined && isEmpty(value)
  const emptied = field !== undefined && !isList(field) && field.type !== 'boolean' && isEmpty(value)
  const going = fate ? fate.total - leftOut(fate) : count

  function change<T>(set: (value: T) => void): (value: T) => void {
    return (next) => {
      set(next)
      setFate(undefined)
      setFault(undefined)
    }
  }

  async function apply(target: Field): Promise<void> {
    const written = { [target.name]: forWrite(target, value) }
    const part = isList(target) && how !== 'replace' ? { [how]: written } : { values: written }
    const make: Make = (id) => ({ op: 'update', id, ...part })
    setBusy(true)
    try {
      const told = fate ?? (await bulk.rehearse(make))
      if (!fate && leftOut(told) > 0) return setFate(told)
      await bulk.run(make, (done) =>
        plural(done, { one: `${target.label} changed in # record`, other: `${target.label} changed in # records` }),
      )
      onClose()
    } catch (error) {
      setFault(problemText(error))
    } finally {
      setBusy(false)
    }
  }

  return (
    <Dialog title={given ? t`Assign` : t`Edit a field`} onClose={onClose} size={420}>
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (field) void apply(field)
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
              change(setName)(next)
              setValue(null)
            }}
          />
        )}
        {isList(field) && (
          <Segmented
            label={t`What happens to the list`}
            value={how}
            onChange={change(setHow)}
            choices={[
              { value: 'add', label: t`Add` },
              { value: 'remove', label: t`Remove` },
              { value: 'replace', label: t`Replace` },
            ]}
          />
        )}
        {field && (
          <FormField
            key={field.name}
            field={{ ...field, required: false }}
            object={object.name}
            value={value}
            fault={fault}
            onChange={change(setValue)}
          />
        )}
        {fate && <Refused object={object} fate={fate} />}
        <div className={css.buttons}>
          <Button variant="default" onClick={onClose}>
            {t`Cancel`}
          </Button>
          <Button type="submit" disabled={!field || going === 0 || nothing} loading={busy}>
            {emptied
              ? plural(going, { one: 'Empty it in # record', other: 'Empty it in # records' })
              : plural(going, { one: 'Change # record', other: 'Change # records' })}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
