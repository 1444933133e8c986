import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { RecordData } from '../../api/model'
import { shortListQuery } from '../../api/queries'
import type { Scope } from './scope'

const none: RecordData[] = []

/** The things one can look at one at a time, and which one is looked at: the last time's, unless one is asked for. */
export function useScopeRecords(scope: Scope | undefined, wanted: string | undefined, required: boolean) {
  const has = (name: string) => scope?.object.fields.some((field) => field.name === name) ?? false
  const query = useQuery(
    shortListQuery(
      scope?.object.name ?? '',
      scope?.object.path ?? '',
      {
        sort: has('position') ? 'position' : scope?.object.title,
        filter: has('active') ? 'active == true' : undefined,
      },
      Boolean(scope),
    ),
  )
  const records = query.data?.items ?? none
  const known = records.some((record) => record.id === wanted) ? wanted : undefined
  const key = `legame.scope.${scope?.object.name}`
  const last = localStorage.getItem(key)
  const usual =
    records.find((record) => record.id === last) ?? records.find((record) => record.default === true) ?? records[0]
  const waiting = query.isPending && Boolean(scope)
  // Before they have come it is most likely what was looked at last: its records are asked for meanwhile.
  const first = waiting ? (localStorage.getItem(`${key}.shown`) ?? undefined) : usual?.id
  const chosen = known ?? (required ? first : undefined)
  useEffect(() => {
    if (known) localStorage.setItem(key, known)
    if (chosen && !waiting) localStorage.setItem(`${key}.shown`, chosen)
  }, [key, known, chosen, waiting])
  return { records, chosen, loading: waiting && !chosen }
}
