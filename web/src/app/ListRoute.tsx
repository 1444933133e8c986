import { useQueryClient } from '@tanstack/react-query'
import { Navigate, useParams, useSearch } from '@tanstack/react-router'
import { useModel, useSession } from '../api/ModelContext'
import { type Session, sessionQuery } from '../api/session'
import { ObjectPage } from '../objects/list/ObjectPage'
import { lastingOf, type ListSearch, readListSearch } from '../objects/views/listSearch'
import { NotFound } from './NotFound'
import { useTitle } from './useTitle'

export function ListRoute() {
  const { path } = useParams({ from: '/workspace/o/$path' })
  const search = useSearch({ strict: false }) as Record<string, unknown>
  const session = useSession()
  // What was just kept is in the cache before this page hears of it.
  const { preferences } = (useQueryClient().getQueryData<Session>(sessionQuery.queryKey) ?? session).user
  const object = useModel().byPath(path)
  useTitle(object?.label_plural)
  if (!object) return <NotFound />
  const kept = lastingOf(readListSearch((preferences?.[`list.${object.name}`] ?? {}) as Record<string, unknown>))
  if (isEmpty(readListSearch(search)) && !isEmpty(kept))
    return <Navigate to="/o/$path" params={{ path }} search={kept} replace />
  return <ObjectPage key={object.name} object={object} />
}

const isEmpty = (search: ListSearch) => Object.keys(search).length === 0
