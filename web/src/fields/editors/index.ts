import { type ComponentType, lazy } from 'react'
import type { EditorName } from '../ui'
import { AddressEditor } from './AddressEditor'
import { BooleanEditor } from './BooleanEditor'
import { ChoiceEditor } from './ChoiceEditor'
import { ChoicesEditor } from './ChoicesEditor'
import { ContactsEditor } from './ContactsEditor'
import { DateEditor } from './DateEditor'
import { InstantEditor } from './InstantEditor'
import { LinkEditor } from './LinkEditor'
import { LinksEditor } from './LinksEditor'
import { LongTextEditor } from './LongTextEditor'
import { MoneyEditor } from './MoneyEditor'
import { NumberEditor } from './NumberEditor'
import { RatingEditor } from './RatingEditor'
import { TextEditor } from './TextEditor'
import { TextsEditor } from './TextsEditor'
import type { EditorProps } from './types'

/** Rare enough to come when they are asked for. */
const FileEditor = lazy(() => import('./FileEditor').then((module) => ({ default: module.FileEditor })))
const RowsEditor = lazy(() => import('./RowsEditor').then((module) => ({ default: module.RowsEditor })))

export const editors: Record<EditorName, ComponentType<EditorProps>> = {
  text: TextEditor,
  longText: LongTextEditor,
  number: NumberEditor,
  money: MoneyEditor,
  boolean: BooleanEditor,
  date: DateEditor,
  instant: InstantEditor,
  choice: ChoiceEditor,
  choices: ChoicesEditor,
  link: LinkEditor,
  links: LinksEditor,
  address: AddressEditor,
  rating: RatingEditor,
  texts: TextsEditor,
  contacts: ContactsEditor,
  rows: RowsEditor,
  file: FileEditor,
}
