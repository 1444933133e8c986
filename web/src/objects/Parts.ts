import { type ComponentType, createContext, type ReactNode, useContext } from 'react'
import type { Field, ObjectModel, RecordData } from '../api/model'
import type { ModelIndex } from '../api/ModelIndex'
import type { shortListQuery } from '../api/queries'

export interface RecordPart {
  object: ObjectModel
  record: RecordData
}

/** A place to drop a card that is no column: it runs a verb. */
export interface Zone {
  name: string
  label: ReactNode
  icon: ReactNode
  tone: 'good' | 'bad'
  action: string
  input: Record<string, unknown>
  /** Of the action's fields, those that make sense here. */
  fields?: string[]
}

export interface ActionFormProps extends RecordPart {
  input: Record<string, unknown>
  onClose: () => void
}

export interface BoardParts {
  expand?: string[]
  /** Records of the group's object that are columns; the others are reached by zones. */
  isColumn?: (group: RecordData) => boolean
  measures?: { fn: string; field: string }[]
  /** Beside the sum in a column's head. */
  columnNote?: ComponentType<{ group: RecordData | null; totals: Record<string, unknown>; currency: string }>
  /** Share of a column's bar that is solid. */
  solidShare?: (group: RecordData | null, totals: Record<string, unknown>) => number
  /** `group` is the record of the column it stands in. */
  cardMark?: ComponentType<RecordPart & { group: RecordData | null }>
  cardNext?: ComponentType<RecordPart>
  /** Cards whose `field` has the option `code` are tinted. */
  tint?: { field: string; code: string }
  /** In the head of a column that has many of them; `count` is the server's, loaded or not. */
  tintedNote?: ComponentType<{ count: number }>
  zones?: Zone[]
}

/** What can be asked of a record before it has come. */
export type Asks = (model: ModelIndex, object: ObjectModel, id: string) => ReturnType<typeof shortListQuery>[]

/** Special parts of one object. Whatever is missing, the generic one stands in. */
export interface ObjectParts {
  board?: BoardParts
  /** Forms of actions for which the generic one is not enough. */
  actionForms?: Record<string, ComponentType<ActionFormProps>>
  /** Which fields of an action are asked for, given what is decided already. */
  actionFields?: (action: string, input: Record<string, unknown>) => string[] | undefined
  /** Related objects that are worked on in the middle of the page, beside the timeline. */
  panels?: Record<string, ComponentType<RecordPart>>
  /** Related objects with a list of their own kind. */
  related?: Record<string, ComponentType<RecordPart & { label: string }>>
  /** What the record has to say of itself, under its stage. */
  banner?: ComponentType<RecordPart>
  /** Said beside the value of a field. */
  fieldNotes?: Record<string, ComponentType<RecordPart>>
  /** The address of a record that has a page of its own kind. */
  address?: (id: string) => { to: string; search: Record<string, string> }
  /** Put before the related lists. */
  aside?: ComponentType<RecordPart>
  /** The file of what its page has beside that of any record, and what that asks. */
  file?: { fetch: () => void }
  asks?: Asks
}

export interface Parts {
  of: (object: string) => ObjectParts
  /** Where one writes on a record, and the card of its next step: the same for every object. */
  composer?: ComponentType<RecordPart>
  nextStep?: ComponentType<RecordPart>
  /** Asks what comes next for a record that was just left without a plan. */
  nextPlan?: ComponentType
  /** Stands on top of the timeline, its children, and is shown together with it. */
  pinned?: ComponentType<{ record: RecordData; children: ReactNode }>
  /** `by` is who did it, for an activity that names nobody. */
  activityCard?: ComponentType<{ activity: RecordData; by?: string }>
  /** The fields that the card shows. */
  activityCardSays?: string[]
  /** A cell that says more than its type would; undefined leaves it to the type. */
  cell?: (field: Field, record: RecordData) => ReactNode | undefined
  /** The file of what the page of every record has, and what that asks. */
  file?: { fetch: () => void }
  asks?: Asks
}

const none: ObjectParts = {}

export const PartsContext = createContext<Parts>({ of: () => none })

export const useParts = () => useContext(PartsContext)
