import type { SessionUser } from '../../api/session'
import type { SavedView } from '../../api/views'

/** Is it offered to change this view? Whether it is done decides the server. */
export function mayKeep(view: SavedView, user: SessionUser): boolean {
  const shared = view.shared_with === 'team' && user.manages
  return view.owner === user.id || shared || user.roles.includes('administrator')
}
