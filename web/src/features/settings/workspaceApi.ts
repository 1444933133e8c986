import { queryOptions } from '@tanstack/react-query'
import { ask, get } from '../../api/client'

/** What holds for everybody; administrators only. */
export interface WorkspaceSettings {
  name: string
  currency: string
  language: string
  time_zone: string
  country: string
  /** The plural of what holds amounts already, so that the currency stays. */
  currency_held_by: string | null
  /** The latest first; of each setting its value before and after. */
  changes: { at: string; by: string | null; changes: Record<string, [string, string]> }[]
}

export const workspaceQuery = queryOptions({
  queryKey: ['workspace'],
  queryFn: ({ signal }) => get<WorkspaceSettings>('/workspace', undefined, signal),
})

export async function changeWorkspace(changes: Record<string, unknown>): Promise<WorkspaceSettings> {
  return (await ask<WorkspaceSettings>('PATCH', '/workspace', { body: changes })).data
}
