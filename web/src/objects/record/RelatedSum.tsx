import { useQuery } from '@tanstack/react-query'
import type { Field, ObjectModel } from '../../api/model'
import { reportQuery } from '../../api/queries'
import { isMoney } from '../../fields/money'
import { moneyShort } from '../../kit/format'

/** What all records of a related list come to, shown or not, in the workspace's currency. */
export function RelatedSum({ object, filter, field }: { object: ObjectModel; filter: string; field: Field }) {
  const query = useQuery(
    reportQuery({ object: object.name, filter, measures: [{ fn: 'count' }, { fn: 'sum', field: field.name }] }),
  )
  const row = query.data?.rows[0]
  const sum = row && Object.values(row).find((value) => isMoney(value))
  if (!isMoney(sum)) return null
  return (
    <span className="dim num" title={field.label}>
      {moneyShort(sum)}
    </span>
  )
}
