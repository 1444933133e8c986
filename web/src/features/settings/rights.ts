import { queryOptions } from '@tanstack/react-query'
import { get } from '../../api/client'
import type { Level } from '../../api/model'

interface Reach {
  level: Level
  rule: string
}

export interface ObjectRights {
  name: string
  label: string
  nav: string | null
  roles: Record<
    string,
    { read: Reach; create: boolean; update: Reach; delete: Reach; export: boolean; bulk: boolean } | undefined
  >
}

/** What each role may do with each object that has a place of its own. */
export const rightsQuery = (language: string) =>
  queryOptions({
    queryKey: ['rights', language],
    queryFn: async ({ signal }) => {
      const { objects } = await get<{ objects: ObjectRights[] }>('/model/rights', undefined, signal)
      return objects.filter((object) => object.nav !== null)
    },
  })
