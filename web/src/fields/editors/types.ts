import type { Field, ObjectModel, RecordData } from '../../api/model'

/** Makes a record of another object by its name. */
export type MakeLinked = (object: ObjectModel, name: string) => Promise<{ id: string; title: string } | null>

export interface EditorProps {
  field: Field
  /** Object the field belongs to, for links that depend on the rest of the record. */
  object: string
  value: unknown
  onChange: (value: unknown) => void
  /** Ends an edit in place, with the value just chosen if there is one. */
  onDone?: (value?: unknown) => void
  onCancel?: () => void
  id?: string
  label: string
  /** Stands in the field while it is empty: what that means. */
  hint?: string
  describedBy?: string
  invalid?: boolean
  autoFocus?: boolean
  /** In a cell: no frame of its own. */
  inline?: boolean
  /** Given where what is linked may be made on the way. */
  make?: MakeLinked
  record?: RecordData | Record<string, unknown> | null
}

/** What every input of an editor needs to be named and framed rightly. */
export function inputProps({ id, label, hint, describedBy, invalid, autoFocus, inline }: EditorProps) {
  return {
    id,
    'aria-label': id ? undefined : label,
    'aria-describedby': describedBy,
    placeholder: hint,
    error: invalid || undefined,
    'data-autofocus': autoFocus || undefined,
    autoFocus,
    variant: inline ? 'unstyled' : 'default',
    w: '100%',
  } as const
}

/** A list that stays open for the next choice stands above its field in a form: what follows, the buttons, stays free. */
export function besides({ inline }: EditorProps) {
  return inline ? 'bottom-start' : 'top-start'
}
