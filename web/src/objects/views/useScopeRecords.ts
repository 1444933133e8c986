import { useEffect } from 'react'
import type { RecordData } from '../../api/model'
import { useKeptList } from '../../api/useKeptList'
import type { Scope } from './scope'

const none: RecordData[] = []

/** The things one can look at one at a time, and which one is looked at: the last time's, unless one is asked for. */
export function useScopeRecords(scope: Scope | undefined, wanted: string | undefined, required: boolean) {
  const has = (name: string) => scope?.object.fields.some((field) => field.name === name) ?? false
  const query = useKeptList(
    scope?.object.name ?? '',
    scope?.object.path ?? '',
    {
      sort: has('position') ? 'position' : scope?.object.title,
      filter: has('active') ? 'active == true' : undefined,
    },
    Boolean(scope),
  )
  const records = query.data?.items ?? none
  const known = records.some((record) => record.id === wanted) ? wanted : undefined
  const key = `legame.scope.${scope?.object.name}`
  const last = localStorage.getItem(key)
  const usual =
    records.find((record) => record.id === last) ?? records.find((record) => record.default === true) ?? records[0]
  const chosen = known ?? (required ? usual?.id : undefined)
  useEffect(() => {
    if (known) localStorage.setItem(key, known)
  }, [key, known])
  return { records, chosen, loading: query.isPending && Boolean(scope) }
}
