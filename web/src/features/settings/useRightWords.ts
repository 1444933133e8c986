import { useLingui } from '@lingui/react/macro'
import type { Level } from '../../api/model'
import type { Allowing, FieldRight, Reaching } from './rights'

/** What rights are called. */
export function useRightWords() {
  const { t } = useLingui()
  const changes = t({ message: 'Changes', context: 'right' })
  const levels: Record<Level, string> = {
    all: t`All`,
    team: t`Own and the team’s`,
    own: t`Own`,
    none: t`None`,
    rule: t`A rule`,
  }
  const rights: Record<Reaching | Allowing, string> = {
    read: t`Sees`,
    create: t`Creates`,
    update: changes,
    delete: t`Deletes`,
    export: t`Exports`,
    bulk: t`Many at once`,
  }
  const fields: Record<FieldRight, string> = { write: changes, read: t`Reads`, none: t`Hidden` }
  return { levels, rights, fields }
}
