import { useQuery } from '@tanstack/react-query'
import { type Field, target } from '../../api/model'
import { useModel } from '../../api/ModelContext'
import { recordQuery } from '../../api/queries'

/** The name of a linked record of which only the id is known. */
export function LinkTitle({ field, id }: { field: Field; id: string }) {
  const to = useModel().object(target(field))
  const isId = id.length >= 32
  const record = useQuery({ ...recordQuery(to?.name ?? '', to?.path ?? '', id), enabled: Boolean(to) && isId })
  return <span className="trunc">{record.data && to ? String(record.data[to.title] ?? '') : isId ? '…' : id}</span>
}
