import { useQueries } from '@tanstack/react-query'
import type { ObjectModel } from '../../api/model'
import { useModel } from '../../api/ModelContext'
import { reportQuery } from '../../api/queries'

interface OpenWork {
  counts: { object: ObjectModel; count: number }[]
  total: number
  pending: boolean
}

/** How much somebody has open, object by object, as each object itself says what that means. */
export function useOpenWork(user: string): OpenWork {
  const objects = useModel().model.objects.filter((object) => object.handover)
  return useQueries({
    queries: objects.map((object) => ({
      ...reportQuery({
        object: object.name,
        filter: `owner == ${JSON.stringify(user)} && (${object.handover})`,
        measures: [{ fn: 'count' }],
      }),
      staleTime: 0,
    })),
    combine: (results) => {
      const counts = objects.map((object, at) => ({ object, count: Number(results[at]?.data?.rows[0]?.count ?? 0) }))
      return {
        counts: counts.filter(({ count }) => count > 0),
        total: counts.reduce((sum, { count }) => sum + count, 0),
        pending: results.some((result) => result.isPending),
      }
    },
  })
}
