import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { ask } from '../../api/client'
import type { ObjectModel } from '../../api/model'

export interface Proposal {
  id: string
  title: string
  /** The field that tells. */
  by: string
}

interface Alike {
  items: Proposal[]
  links: Record<string, Proposal[]>
}

const pause = 250

/** What a record that is being typed may already be, and what it may belong to: the server knows both. */
export function useAlike(object: ObjectModel, values: Record<string, unknown>, enabled: boolean): Alike {
  const text = JSON.stringify(values)
  const [typed, setTyped] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setTyped(text), pause)
    return () => clearTimeout(timer)
  }, [text])
  const query = useQuery({
    queryKey: ['alike', object.name, typed],
    queryFn: async ({ signal }) =>
      (
        await ask<Alike>('POST', `/${object.path}/duplicates`, {
          body: JSON.parse(typed) as unknown,
          question: true,
          signal,
        })
      ).data,
    enabled: enabled && typed !== '{}',
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: 10_000,
  })
  return typed !== '{}' && query.data ? query.data : { items: [], links: {} }
}
