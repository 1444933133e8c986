import type { ReactNode } from 'react'
import type { Field, RecordData } from '../api/model'
import type { ModelIndex } from '../api/ModelIndex'
import type { OperatorName } from './operators'

/** Which editor a type uses; the editors themselves load on first use. */
export type EditorName =
  | 'text'
  | 'longText'
  | 'number'
  | 'money'
  | 'boolean'
  | 'date'
  | 'instant'
  | 'choice'
  | 'choices'
  | 'link'
  | 'links'
  | 'address'
  | 'rating'
  | 'texts'
  | 'contacts'
  | 'rows'
  | 'file'

export interface Shown {
  value: unknown
  field: Field
  model: ModelIndex
  record?: RecordData
  /** On a record's page there is room for all of it; in a list for one line. */
  full?: boolean
}

/** Everything the client knows of one field type. */
export interface FieldUi {
  /** Width of its column until someone drags it. */
  width: number
  end?: boolean
  /** Plain elements only: rows are virtualised, library components cost twice. */
  cell: (shown: Shown) => ReactNode
  /** The same in words: for copying, screen readers, sentences and groups. */
  text: (shown: Shown) => string
  editor: EditorName | null
  /** Choosing is the whole edit: the editor closes by itself. */
  atOnce?: boolean
  operators: OperatorName[]
}

export function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === '') return true
  if (Array.isArray(value)) return value.length === 0
  if (typeof value === 'object')
    return Object.values(value).every((part) => part === null || part === undefined || part === '')
  return false
}
