import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { ObjectModel } from '../../api/model'
import { useModel } from '../../api/ModelContext'
import { timelineQuery } from '../../api/timeline'
import { useParts } from '../Parts'
import { later } from './file'

/** What the page of a record needs beside the record is on its way together with it: files, and answers of its parts. */
export function useAlongside(object: ObjectModel | undefined, id: string): void {
  const client = useQueryClient()
  const model = useModel()
  const parts = useParts()
  useEffect(() => {
    if (!object) return
    const special = parts.of(object.name)
    if (special.address) return
    for (const file of [later, parts.file, special.file]) file?.fetch()
    const asked = [parts.asks, special.asks].flatMap((asks) => asks?.(model, object, id) ?? [])
    for (const query of asked) if (query.enabled) void client.prefetchQuery(query)
    void client.prefetchInfiniteQuery(timelineQuery(object.name, object.path, id))
  }, [client, model, parts, object, id])
}
