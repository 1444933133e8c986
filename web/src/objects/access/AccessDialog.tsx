import { useLingui } from '@lingui/react/macro'
import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ObjectModel, RecordData } from '../../api/model'
import { useModel } from '../../api/ModelContext'
import { shortListQuery } from '../../api/queries'
import { linked } from '../../fields/link'
import { Dialog } from '../../kit/Dialog'
import { Loading } from '../../kit/Loading'
import { titleOf } from '../list/TitleCell'
import { Trouble } from '../Trouble'
import css from './access.module.css'
import { reasonsQuery } from './access'
import { Verdicts } from './Verdicts'

interface Props {
  object: ObjectModel
  record: RecordData
  onClose: () => void
}

/** Why somebody can see a record and do something with it, or cannot: what each of his roles says of it. */
export function AccessDialog({ object, record, onClose }: Props) {
  const { t } = useLingui()
  const users = useModel().object('user')
  const owner = linked(record.owner)
  const [chosen, setChosen] = useState<string | null>(owner?.id ?? null)
  const [typed, setTyped] = useState(owner?.title ?? '')
  const people = useQuery(
    shortListQuery(
      'user',
      users?.path ?? '',
      { filter: 'status == "active"', sort: 'name', fields: 'name', limit: 500 },
      Boolean(users),
    ),
  )
  const reasons = useQuery(reasonsQuery(object, record.id, chosen))
  return (
    <Dialog title={t`Who can see ${titleOf(object, record)}?`} size={560} onClose={onClose}>
      <div className={css.body}>
        <Select
          label={t`Person`}
          placeholder={t`Choose somebody`}
          data={(people.data?.items ?? []).map((person) => ({ value: person.id, label: String(person.name ?? '') }))}
          value={chosen}
          searchable
          searchValue={typed}
          onSearchChange={setTyped}
          selectFirstOptionOnChange
          nothingFoundMessage={t`Nobody is called so`}
          onChange={setChosen}
          data-autofocus
          openOnFocus={false}
        />
        <Trouble of={[people, reasons]} />
        {chosen !== null && reasons.isPending && <Loading rows={4} />}
        {reasons.data && <Verdicts reasons={reasons.data} />}
      </div>
    </Dialog>
  )
}
