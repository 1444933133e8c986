/** What `GET /api/v1/model` tells: every object, field, view and action that this user may see. */

export type FieldType =
  | 'text'
  | 'long_text'
  | 'email'
  | 'phone'
  | 'url'
  | 'integer'
  | 'decimal'
  | 'money'
  | 'percent'
  | 'boolean'
  | 'date'
  | 'instant'
  | 'choice'
  | 'choices'
  | 'link'
  | 'links'
  | 'user'
  | 'address'
  | 'person_name'
  | 'rating'
  | 'sequence'
  | 'file'
  | 'texts'
  | 'expression'
  | 'emails'
  | 'phones'
  | 'rows'
  | 'reverse'
  | 'counts'

export interface Option {
  code: string
  label: string
  hue?: string | null
  retired?: boolean
  means?: string | null
}

export interface Field {
  name: string
  label: string
  help?: string | null
  type: FieldType
  required?: boolean
  writable?: boolean
  computed?: boolean
  many?: boolean
  to?: string | null
  by?: string | null
  options?: Option[]
  list?: string | null
  open?: boolean
  /** Its options are the program's own. */
  fixed?: boolean
  max?: number | null
  min?: number | null
  scale?: number | null
  default?: unknown
  emphasis?: boolean
  priority?: boolean
  sortable?: boolean
  filterable?: boolean
  groupable?: boolean
  summable?: boolean
  unique?: boolean
  track?: boolean
  alias_of?: string | null
  parts?: Field[]
}

export interface View {
  name: string
  label: string
  shape: string
  filter?: string | null
  columns?: string[]
  /** Widths of columns that differ from the usual ones: `name:264`. */
  widths?: string[]
  /** How many of the first columns stay in sight; one without it. */
  pinned?: number | null
  sort?: string | null
  group?: string | null
  summaries?: string[]
}

export interface Related {
  label: string
  object: string
  field: string
  filter?: string | null
  show?: string[]
  sort?: string | null
}

export interface ActionModel {
  name: string
  label: string
  icon?: string | null
  when?: string | null
  input?: Field[]
  bulk?: boolean
  destructive?: boolean
}

/** How far a right reaches: all records, those of one's teams and one's own, only one's own, or by another rule. */
export type Level = 'all' | 'team' | 'own' | 'none' | 'rule'

export interface ObjectModel {
  name: string
  path: string
  label: string
  label_plural: string
  about?: string
  icon?: string
  title: string
  nav?: string | null
  owned?: boolean
  /** The date by which lists and boards offer a period. */
  period?: string | null
  searched?: boolean
  /** Which records go to a colleague when their owner leaves: an expression. */
  handover?: string | null
  access: Record<'read' | 'create' | 'update' | 'delete' | 'export' | 'bulk', boolean> & { level: Level }
  fields: Field[]
  views: View[]
  layout: {
    highlights?: string[]
    sections?: { label: string; fields: string[] }[]
    related?: Related[]
    create?: string[]
    card?: string[]
  }
  actions: ActionModel[]
}

export interface Model {
  version: string
  workspace: { name: string; currency: string; time_zone: string; language: string }
  lists: Record<string, Option[]>
  objects: ObjectModel[]
}

/** A record as the interface writes it: flat, by field name. */
export interface RecordData {
  id: string
  version: number
  hidden?: string[]
  [field: string]: unknown
}

/** A link under `expand`. */
export interface Linked {
  id: string
  object?: string
  title?: string
  /** It lies in the bin since then. */
  deleted_at?: string
  via?: string
  [field: string]: unknown
}

/** The object that a field's links lead to. */
export function target(field: Field): string | null {
  if (field.type === 'user') return 'user'
  return field.to && field.to !== 'any' ? field.to : null
}

export function isLinkType(field: Field): boolean {
  return field.type === 'link' || field.type === 'links' || field.type === 'user'
}
