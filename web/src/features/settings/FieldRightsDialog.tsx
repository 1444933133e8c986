import { useLingui } from '@lingui/react/macro'
import { TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { Dialog } from '../../kit/Dialog'
import { Segmented } from '../../kit/Segmented'
import { fieldRight, type ObjectRights } from './rights'
import css from './rights.module.css'
import type { Rights } from './useRights'
import { useRightWords } from './useRightWords'

interface Props {
  object: ObjectRights
  role: string
  label: string
  rights: Rights
  onClose: () => void
}

/** More fields than fit a screen are searched. */
const many = 12

/** What a role may do with each field of an object, where it may see or change the record. */
export function FieldRightsDialog({ object, role, label, rights, onClose }: Props) {
  const { t } = useLingui()
  const words = useRightWords().fields
  const [typed, setTyped] = useState('')
  const wanted = typed.trim().toLowerCase()
  const shown = object.fields.filter((field) => field.label.toLowerCase().includes(wanted))
  return (
    <Dialog title={t`Fields of ${object.label}`} size={600} onClose={onClose}>
      <p className={css.lead}>
        {t`What ${label} may do with each field of a record that it sees. A hidden field is not there: not in lists, filters, sums or files.`}
      </p>
      {object.fields.length > many && (
        <TextInput
          aria-label={t`Find a field`}
          placeholder={t`Find a field`}
          leftSection={<IconSearch size={15} aria-hidden />}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      )}
      <ul className={css.fields}>
        {shown.map((field) => (
          <li key={field.name} className={css.field}>
            <span className={css.fieldName}>{field.label}</span>
            <Segmented
              label={field.label}
              value={fieldRight(field, role)}
              choices={field.choices.map((value) => ({ value, label: words[value] }))}
              onChange={(right) => right !== fieldRight(field, role) && rights.field(object, field, right)}
            />
          </li>
        ))}
      </ul>
      {shown.length === 0 && <p className={css.lead}>{t`No field is called so.`}</p>}
    </Dialog>
  )
}
