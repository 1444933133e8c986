import { fieldUi } from '..'
import { editors } from '.'
import type { EditorProps } from './types'

/** The editor of a field's type. Loaded on first use, together with all the others. */
export function AnyEditor(props: EditorProps) {
  const name = fieldUi(props.field).editor
  const Editor = name && editors[name]
  return Editor ? <Editor {...props} /> : null
}
