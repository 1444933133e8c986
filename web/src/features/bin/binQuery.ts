import { infiniteQueryOptions } from '@tanstack/react-query'
import { get } from '../../api/client'
import type { ObjectModel } from '../../api/model'
import type { Page } from '../../api/queries'

/** Nothing changes a record in the bin, so its last change is its deletion, and who made it deleted it. */
export const binQuery = (object: ObjectModel) =>
  infiniteQueryOptions({
    queryKey: ['bin', object.name],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      get<Page>(
        `/${object.path}`,
        {
          bin: 'true',
          sort: '-updated_at',
          fields: `${object.title},updated_by`,
          expand: 'updated_by',
          limit: 100,
          cursor: pageParam || undefined,
        },
        signal,
      ),
    getNextPageParam: (last) => last.next_cursor ?? undefined,
  })
