import { queryOptions } from '@tanstack/react-query'
import { ask, get } from '../../api/client'
import type { Level } from '../../api/model'

export type Reaching = 'read' | 'update' | 'delete'
export type Allowing = 'create' | 'export' | 'bulk'
export type FieldRight = 'write' | 'read' | 'none'

export interface Reach {
  level: Level
  rule: string
}

export type RoleRights = Record<Reaching, Reach> & Record<Allowing, boolean>

export interface FieldRights {
  name: string
  label: string
  /** What may be chosen for it. */
  choices: FieldRight[]
  /** A role that is not named may write. */
  roles: Record<string, FieldRight | undefined>
}

export interface ObjectRights {
  name: string
  label: string
  nav: string | null
  /** The object whose rights hold for it. */
  part_of: string | null
  levels: Level[]
  roles: Record<string, RoleRights | undefined>
  fields: FieldRights[]
}

/** One right as it is sent: a level by its name, a rule in words of an expression, or yes and no. */
export type Sent = { level: Level } | { rule: string } | boolean

const nothing: Reach = { level: 'none', rule: 'false' }

export const noRights: RoleRights = {
  read: nothing,
  update: nothing,
  delete: nothing,
  create: false,
  export: false,
  bulk: false,
}

/** What each role may do with each object and field. */
export const rightsQuery = (language: string) =>
  queryOptions({
    queryKey: ['rights', language],
    queryFn: async ({ signal }) => (await get<{ objects: ObjectRights[] }>('/model/rights', undefined, signal)).objects,
  })

export async function saveRight(object: string, role: string, right: Reaching | Allowing, sent: Sent): Promise<void> {
  await ask('PATCH', `/model/objects/${object}`, { body: { access: { [role]: { [right]: sent } } } })
}

export async function saveFieldRight(object: string, role: string, field: string, right: FieldRight): Promise<void> {
  await ask('PATCH', `/model/objects/${object}/fields/${field}`, { body: { access: { [role]: right } } })
}

/** The same rights with one changed, as they are shown until the server has answered. */
export function withRight(
  objects: ObjectRights[],
  object: string,
  role: string,
  right: Reaching | Allowing,
  sent: Sent,
): ObjectRights[] {
  return objects.map((one) => {
    if (one.name !== object) return one
    const before = one.roles[role] ?? noRights
    const shown = typeof sent === 'boolean' ? sent : 'level' in sent ? { level: sent.level, rule: '' } : undefined
    return shown === undefined ? one : { ...one, roles: { ...one.roles, [role]: { ...before, [right]: shown } } }
  })
}

export function withFieldRight(
  objects: ObjectRights[],
  object: string,
  role: string,
  field: string,
  right: FieldRight,
): ObjectRights[] {
  const fields = (all: FieldRights[]) =>
    all.map((one) => (one.name === field ? { ...one, roles: { ...one.roles, [role]: right } } : one))
  return objects.map((one) => (one.name === object ? { ...one, fields: fields(one.fields) } : one))
}

/** What a role may do with a field. */
export const fieldRight = (field: FieldRights, role: string): FieldRight => {
  const right = field.roles[role] ?? 'write'
  return field.choices.includes(right) ? right : (field.choices[0] ?? 'read')
}

export const rightsInOrder = ['read', 'create', 'update', 'delete', 'export', 'bulk'] as const

export const isReaching = (right: Reaching | Allowing): right is Reaching =>
  right === 'read' || right === 'update' || right === 'delete'

export interface RightsGroup {
  title: string
  objects: ObjectRights[]
}

/** What the table and the cards show of an object; each control changes in its place. */
export interface RightsParts<Node> {
  of: (object: ObjectRights) => RoleRights
  /** The label of the object whose rights hold for it. */
  whole: (object: ObjectRights) => string
  control: (object: ObjectRights, right: Reaching | Allowing) => Node
  rule: (object: ObjectRights) => Node
  fields: (object: ObjectRights) => Node
}

/** Has a place of its own in the navigation, or is part of what has. */
export function belongs(object: ObjectRights, all: ObjectRights[]): boolean {
  const of = all.find((one) => one.name === object.part_of) ?? object
  return of.nav !== null
}

/** Parts stand behind their whole. */
export function inOrder(objects: ObjectRights[]): ObjectRights[] {
  const wholes = objects.filter((object) => !object.part_of)
  return wholes.flatMap((whole) => [whole, ...objects.filter((part) => part.part_of === whole.name)])
}
