import { useLingui } from '@lingui/react/macro'
import { NativeSelect } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { ObjectModel, RecordData } from '../../api/model'
import { useModel } from '../../api/ModelContext'
import { linked } from '../../fields/link'
import { Monogram } from '../../kit/Monogram'
import { useSaveField } from '../../objects/edit/useSaveField'
import css from './deals.module.css'

interface Props {
  roles: ObjectModel
  row: RecordData
  onSaved: () => void
  onRemove: () => void
}

/** One person of a deal with the role that is changed in place. */
export function Person({ roles, row, onSaved, onRemove }: Props) {
  const { t } = useLingui()
  const model = useModel()
  const contacts = model.object('contact')
  const person = linked(row.contact)
  const name = person?.title ?? ''
  return (
    <li className={css.person}>
      <Monogram name={name} person size="medium" />
      <span className="grow">
        {person && contacts ? (
          <Link to="/o/$path/$id" params={{ path: contacts.path, id: person.id }} className={`${css.who} trunc`}>
            {name}
          </Link>
        ) : (
          <span className="dim">{t`No access`}</span>
        )}
        <Role roles={roles} row={row} name={name} onSaved={onSaved} />
      </span>
      {roles.access.delete && (
        <button type="button" className={css.icon} aria-label={t`Take ${name} out`} onClick={onRemove}>
          <IconX size={15} />
        </button>
      )}
    </li>
  )
}

function Role({ roles, row, name, onSaved }: Omit<Props, 'onRemove'> & { name: string }) {
  const { t } = useLingui()
  const model = useModel()
  const field = model.field('deal_contact', 'buying_role')
  const [fault, setFault] = useState<string | null>(null)
  const save = useSaveField(roles)
  if (!field) return null
  const options = model.options(field)
  return (
    <>
      <NativeSelect
        size="xs"
        variant="unstyled"
        className={css.role}
        aria-label={t`${field.label} of ${name}`}
        disabled={!roles.access.update || !field.writable}
        data={[
          { value: '', label: t`No role yet` },
          ...options
            .filter((option) => !option.retired || option.code === row.buying_role)
            .map((option) => ({ value: option.code, label: option.label })),
        ]}
        value={typeof row.buying_role === 'string' ? row.buying_role : ''}
        onChange={(event) => {
          const value = event.currentTarget.value || null
          void save(row, field, value).then((refused) => {
            setFault(refused)
            if (!refused) onSaved()
          })
        }}
      />
      {fault && (
        <span className={css.fault} role="alert">
          {fault}
        </span>
      )}
    </>
  )
}
