import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useMemo, useState } from 'react'
import type { ObjectModel, RecordData } from '../../../api/model'
import { shortListQuery } from '../../../api/queries'
import { linked } from '../../../fields/link'
import { GroupContext } from './GroupContext'

const most = 500

/** Everything below one record, level by level, among records that each know their parent. */
export function below(id: string, records: RecordData[], by: string): string[] {
  const all = [id]
  for (const at of all) {
    for (const record of records) {
      if (linked(record[by])?.id === at && !all.includes(record.id)) all.push(record.id)
    }
  }
  return all
}

/** Knows what hangs below the record of a page, where its object forms a tree with one top. */
export function GroupProvider({
  object,
  record,
  children,
}: {
  object: ObjectModel
  record: RecordData
  children: ReactNode
}) {
  const [on, setOn] = useState(false)
  const list = object.fields.find((field) => field.type === 'reverse' && field.to === object.name)
  const by = object.fields.find((field) => field.name === 'parent' && field.to === object.name)
  const top = linked(record.root)?.id
  const tree = useQuery(
    shortListQuery(
      object.name,
      object.path,
      { filter: `root == ${JSON.stringify(top)}`, fields: 'parent', limit: most },
      Boolean(list && by && top),
    ),
  )
  const ids = useMemo(
    () => (by ? below(record.id, tree.data?.items ?? [], by.name) : [record.id]),
    [record.id, tree.data, by],
  )
  const group = list && ids.length > 1 ? { list: list.name, label: list.label, ids } : null
  return <GroupContext value={{ group, on, setOn }}>{children}</GroupContext>
}
