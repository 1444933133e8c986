import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useDeferredValue } from 'react'
import type { Field, ObjectModel } from '../../api/model'
import { searchQuery } from '../../api/queries'
import { Monogram } from '../../kit/Monogram'
import { contactRows } from '../../fields/contacts'
import css from './create.module.css'

interface Props {
  object: ObjectModel
  values: Record<string, unknown>
  fields: Field[]
  onUse: () => void
}

const shortest = 3

/** What may already be there, while one types: same mail or number first, else the same words in the name. */
export function Duplicates({ object, values, fields, onUse }: Props) {
  const { t } = useLingui()
  const typed = useDeferredValue(words(values, fields))
  const hits = useQuery({
    ...searchQuery(typed, [object.name], 3),
    enabled: Boolean(object.searched) && typed.length >= shortest,
  })
  const found = typed.length >= shortest ? (hits.data ?? []) : []
  if (found.length === 0) return null
  return (
    <div className={css.duplicates} role="status">
      <span className="dim">{t`Possibly there already:`}</span>
      {found.map((hit) => (
        <Link
          key={hit.id}
          to="/o/$path/$id"
          params={{ path: object.path, id: hit.id }}
          className={css.duplicate}
          onClick={onUse}
        >
          <Monogram name={hit.title} />
          <span className="trunc grow">{hit.title}</span>
          <span className="dim trunc">{hit.subtitle}</span>
          <span className={css.use}>{t`Use this one`}</span>
        </Link>
      ))}
    </div>
  )
}

function words(values: Record<string, unknown>, fields: Field[]): string {
  for (const field of fields) {
    const value = values[field.name]
    if ((field.type === 'email' || field.type === 'phone') && typeof value === 'string' && value.length > 5)
      return value
    if (field.type === 'emails') {
      const address = contactRows(value)[0]?.address
      if (address && address.length > 5) return address
    }
  }
  const names = fields
    .filter((field) => field.type === 'text' && /name$/.test(field.name))
    .map((field) => values[field.name])
  return names
    .filter((name): name is string => typeof name === 'string')
    .join(' ')
    .trim()
}
