import { queryOptions } from '@tanstack/react-query'
import { ask, setCsrf } from './client'
import { forgetPage, savePreferences, type Session } from './session'

export interface Invited {
  name: string
  email: string
  workspace: string
  /** Has no password so far. */
  is_new: boolean
  expires_at: string
}

/** Whose link it is. */
export const invitationQuery = (key: string) =>
  queryOptions({
    queryKey: ['invitation', key],
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
    queryFn: async () => (await ask<Invited>('POST', '/invitations/look', { body: { key }, question: true })).data,
  })

/** Sets the password, uses the link up and signs in. A newcomer starts with the language and the zone of the browser. */
export async function acceptInvitation(key: string, password: string, language: string): Promise<void> {
  const { data } = await ask<Session>('POST', '/invitations/accept', { body: { key, password } })
  forgetPage()
  setCsrf(data.csrf)
  if (data.user.language) return
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  await savePreferences({ language, ...(zone ? { time_zone: zone } : {}) })
}
