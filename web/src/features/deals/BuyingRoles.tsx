import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import type { RecordData } from '../../api/model'
import { useModel } from '../../api/ModelContext'
import { createRecord, deleteRecord, refresh } from '../../api/records'
import type { RecordPart } from '../../objects/Parts'
import { showProblem } from '../../objects/problem'
import related from '../../objects/record/related.module.css'
import { useUndo } from '../../objects/useUndo'
import css from './deals.module.css'
import { peopleQuery } from './queries'
import { Person } from './Person'

const AddPerson = lazy(() => import('./AddPerson').then((module) => ({ default: module.AddPerson })))

/** Who has a say in a deal, and which: added and changed where they stand. */
export function BuyingRoles({ object, record, label }: RecordPart & { label: string }) {
  const { t } = useLingui()
  const client = useQueryClient()
  const model = useModel()
  const tellDone = useUndo()
  const [adding, setAdding] = useState(false)
  const roles = model.object('deal_contact')
  const query = useQuery(peopleQuery(roles, record.id))
  if (!roles) return null
  const rows = query.data?.items ?? []
  const role = roles.fields.find((field) => field.name === 'buying_role')
  const again = () => {
    refresh(client, 'deal_contact')
    refresh(client, object.name, record.id)
  }

  async function remove(row: RecordData): Promise<void> {
    if (!roles) return
    try {
      const answer = await deleteRecord(roles, row.id)
      again()
      tellDone(t`Taken out of the deal`, [answer.correlation])
    } catch (error) {
      showProblem(error)
    }
  }

  return (
    <section className={related.list} aria-label={label}>
      <div className={related.head}>
        <h2>{label}</h2>
        <span className="dim num">{rows.length > 0 ? rows.length : ''}</span>
      </div>
      <ul className={css.people}>
        {rows.map((row) => (
          <Person key={row.id} roles={roles} row={row} onSaved={again} onRemove={() => void remove(row)} />
        ))}
      </ul>
      {roles.access.create && role && !adding && (
        <Button variant="subtle" size="compact-sm" leftSection={<IconPlus size={14} />} onClick={() => setAdding(true)}>
          {t`Add a person`}
        </Button>
      )}
      {adding && (
        <Suspense>
          <AddPerson
            onClose={() => setAdding(false)}
            save={async (contact, role) => {
              const values = { deal: record.id, contact: contact.id, ...(role ? { buying_role: role } : {}) }
              const answer = await createRecord(roles, values)
              again()
              tellDone(t`${contact.title ?? ''} added to the deal`, [answer.correlation])
            }}
          />
        </Suspense>
      )}
    </section>
  )
}
