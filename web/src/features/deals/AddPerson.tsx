import { useLingui } from '@lingui/react/macro'
import { Button, NativeSelect } from '@mantine/core'
import { useId, useState } from 'react'
import type { Linked } from '../../api/model'
import { useModel } from '../../api/ModelContext'
import { Editor } from '../../fields/Editor'
import { linked } from '../../fields/link'
import { problemText } from '../../objects/problem'
import css from './deals.module.css'

interface Props {
  save: (contact: Linked, role: string | null) => Promise<void>
  onClose: () => void
}

/** Person and role in one line; the form empties itself for the next one. */
export function AddPerson({ save, onClose }: Props) {
  const { t } = useLingui()
  const model = useModel()
  const field = model.field('deal_contact', 'contact')
  const role = model.field('deal_contact', 'buying_role')
  const [contact, setContact] = useState<Linked | null>(null)
  const [chosen, setChosen] = useState('')
  const id = useId()
  const [round, setRound] = useState(0)
  const [fault, setFault] = useState<string | null>(null)
  if (!field || !role) return null

  async function add(): Promise<void> {
    if (!contact) return
    try {
      await save(contact, chosen || null)
      setContact(null)
      setChosen('')
      setFault(null)
      setRound(round + 1)
    } catch (error) {
      setFault(problemText(error))
    }
  }

  return (
    <form
      className={css.addPerson}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose()
      }}
      onSubmit={(event) => {
        event.preventDefault()
        void add()
      }}
    >
      <label htmlFor={id} className={css.label}>
        {t`Add a person`}
      </label>
      <Editor
        key={round}
        id={id}
        field={{ ...field, required: false }}
        object="deal_contact"
        label={t`Add a person`}
        value={contact}
        onChange={(value) => setContact(linked(value))}
        autoFocus
      />
      {contact && (
        <span className="row">
          <NativeSelect
            size="xs"
            className="grow"
            aria-label={role.label}
            data={[
              { value: '', label: t`No role yet` },
              ...model
                .options(role)
                .filter((option) => !option.retired)
                .map((option) => ({ value: option.code, label: option.label })),
            ]}
            value={chosen}
            onChange={(event) => setChosen(event.currentTarget.value)}
          />
          <Button type="submit" size="xs">
            {t`Add`}
          </Button>
        </span>
      )}
      {fault && (
        <span className={css.fault} role="alert">
          {fault}
        </span>
      )}
    </form>
  )
}
