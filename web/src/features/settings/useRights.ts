import { useLingui } from '@lingui/react/macro'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { showProblem } from '../../objects/problem'
import { useUndo } from '../../objects/useUndo'
import {
  type Allowing,
  type FieldRight,
  fieldRight,
  type FieldRights,
  noRights,
  type ObjectRights,
  type Reaching,
  rightsQuery,
  saveFieldRight,
  saveRight,
  type Sent,
  withFieldRight,
  withRight,
} from './rights'
import { useRightWords } from './useRightWords'

export interface Rights {
  of: (object: ObjectRights) => NonNullable<ObjectRights['roles'][string]>
  allow: (object: ObjectRights, right: Allowing, may: boolean) => void
  reach: (object: ObjectRights, right: Reaching, level: Exclude<Sent, boolean>) => Promise<void>
  field: (object: ObjectRights, field: FieldRights, right: FieldRight) => void
}

/** The rights of one role, and how they are changed: at once, told, and to be taken back. */
export function useRights(role: string, label: string, enabled: boolean) {
  const { t, i18n } = useLingui()
  const client = useQueryClient()
  const tellDone = useUndo()
  const words = useRightWords()
  const query = rightsQuery(i18n.locale)
  const found = useQuery({ ...query, enabled })

  /** Writes, with the new state in sight meanwhile. */
  async function write(save: () => Promise<void>, show: (objects: ObjectRights[]) => ObjectRights[]): Promise<void> {
    await client.cancelQueries({ queryKey: query.queryKey })
    client.setQueryData(query.queryKey, (objects) => objects && show(objects))
    try {
      await save()
    } finally {
      await client.invalidateQueries({ queryKey: ['rights'] })
    }
  }

  const set = (object: ObjectRights, right: Reaching | Allowing, sent: Sent) =>
    write(
      () => saveRight(object.name, role, right, sent),
      (objects) => withRight(objects, object.name, role, right, sent),
    )
  const setField = (object: ObjectRights, field: FieldRights, right: FieldRight) =>
    write(
      () => saveFieldRight(object.name, role, field.name, right),
      (objects) => withFieldRight(objects, object.name, role, field.name, right),
    )

  const rights: Rights = {
    of: (object) => object.roles[role] ?? noRights,
    allow: (object, right, may) => {
      const told = t`${label}: ${object.label}, ${words.rights[right]}: ${may ? t`Yes` : t`No`}`
      set(object, right, may).then(() => tellDone(told, () => set(object, right, !may), told), showProblem)
    },
    reach: async (object, right, sent) => {
      const { rule } = rights.of(object)[right]
      const level = 'level' in sent ? sent.level : 'rule'
      await set(object, right, sent)
      const told = t`${label}: ${object.label}, ${words.rights[right]}: ${words.levels[level]}`
      tellDone(told, () => set(object, right, { rule }), told)
    },
    field: (object, field, right) => {
      const before = fieldRight(field, role)
      const told = t`${label}: ${field.label}, ${words.fields[right]}`
      setField(object, field, right).then(
        () => tellDone(told, () => setField(object, field, before), told),
        showProblem,
      )
    },
  }
  return { found, rights }
}
