import { queryOptions } from '@tanstack/react-query'
import { get } from '../../api/client'
import type { Level, ObjectModel } from '../../api/model'

/** What one of a person's roles says of a right on a record. */
export interface Because {
  role: string
  label: string | null
  level: Level
  rule: string
  holds: boolean
  /** `own` where a rule for the team holds for the person already. */
  through: Level
}

export interface Verdict {
  allowed: boolean
  by: Because[]
}

interface Named {
  name: string
  label: string
}

export interface Reasons {
  user: { id: string; name: string }
  read: Verdict
  update: Verdict
  delete: Verdict
  fields: { hidden: Named[]; read_only: Named[] }
  /** The record whose rights hold for this one, which is a part of it. */
  whole: { object: string; label: string; id: string; title: string } | null
}

/** Why a person may see, change or delete a record, or may not. */
export const reasonsQuery = (object: ObjectModel, id: string, user: string | null) =>
  queryOptions({
    queryKey: ['access', object.name, id, user],
    queryFn: ({ signal }) => get<Reasons>(`/${object.path}/${id}/access`, { user }, signal),
    enabled: user !== null,
  })
