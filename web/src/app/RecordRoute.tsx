import { useQuery } from '@tanstack/react-query'
import { Navigate, useParams } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useModel } from '../api/ModelContext'
import { recordQuery } from '../api/queries'
import { useParts } from '../objects/Parts'
import { titleOf } from '../objects/list/TitleCell'
import { RecordPage } from '../objects/record/RecordPage'
import { recordExpand } from '../objects/record/recordExpand'
import { useAlongside } from '../objects/record/useAlongside'
import { NotFound } from './NotFound'
import { remember } from './palette/recent'
import { useTitle } from './useTitle'

export function RecordRoute() {
  const { path, id } = useParams({ from: '/workspace/o/$path/$id' })
  const object = useModel().byPath(path)
  const parts = useParts()
  const address = object && parts.of(object.name).address?.(id)
  const query = useQuery({
    ...recordQuery(object?.name ?? '', path, id, object && recordExpand(object)),
    enabled: Boolean(object) && !address,
  })
  useAlongside(object, id)
  const title = object && query.data ? titleOf(object, query.data) : undefined
  useTitle(title)
  useEffect(() => {
    if (object && title) remember({ object: object.name, id, title })
  }, [object, id, title])
  if (address) return <Navigate to={address.to as '/import'} search={address.search} replace />
  return object ? <RecordPage key={`${object.name} ${id}`} object={object} id={id} /> : <NotFound />
}
