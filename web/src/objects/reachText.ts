import { t } from '@lingui/core/macro'
import type { ObjectModel } from '../api/model'
import { lower } from '../kit/format'

/** Why one may see nothing where others see records, and whom to ask; nothing for whoever sees all. */
export function reachText(object: ObjectModel): string | null {
  const plural = lower(object.label_plural)
  if (object.access.level === 'team')
    return t`Of ${plural} you see your own and those of your team. If one is missing, ask its owner or an administrator to hand it to you or to your team.`
  if (object.access.level === 'own')
    return t`Of ${plural} you see your own. If one is missing, ask its owner or an administrator to hand it to you.`
  return null
}
