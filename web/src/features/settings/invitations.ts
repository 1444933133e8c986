import { ask } from '../../api/client'

export interface Invitation {
  user: string
  key: string
  path: string
  expires_at: string
}

/** A link for a new colleague, by the fields of a user, or for one who is a user already. */
export async function makeLink(wanted: Record<string, unknown>): Promise<Invitation> {
  return (await ask<Invitation>('POST', '/invitations', { body: wanted })).data
}

/** What is sent: the key stands behind the # and is never told to a server on the way. */
export const addressOf = (invitation: Invitation) => location.origin + invitation.path
