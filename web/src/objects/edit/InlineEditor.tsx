import { type FocusEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import type { Field, ObjectModel, RecordData } from '../../api/model'
import { fieldUi } from '../../fields'
import { Editor } from '../../fields/Editor'
import { sameValue } from '../../fields/write'
import { isComposing } from '../../kit/keyboard'
import css from './edit.module.css'
import { useMakeLinked } from './useMakeLinked'

export type Leave = 'stay' | 'next' | 'previous'

interface Props {
  object: ObjectModel
  record: RecordData
  field: Field
  /** Value and reason of an edit that was refused. */
  start?: { value: unknown; fault: string } | null
  /** No frame of its own: the cell has one. */
  bare?: boolean
  onCommit: (value: unknown, version: number, leave: Leave) => void
  onCancel: () => void
}

/** These fit into a cell; the others float over it. */
const small = ['text', 'number', 'date', 'choice', 'link', 'boolean', 'rating']
const enterCommits = ['text', 'number', 'money', 'date', 'instant', 'contacts']

/** Holds what is being typed, so that no news from the server can overwrite it; the version is that of the start. */
export function InlineEditor({ object, record, field, start, bare = false, onCommit, onCancel }: Props) {
  const [draft, setDraft] = useState(start ? start.value : record[field.name])
  const [before] = useState(record[field.name])
  const version = useRef(record.version)
  const box = useRef<HTMLDivElement>(null)
  const done = useRef(false)
  const faultId = useId()
  const make = useMakeLinked()
  const ui = fieldUi(field)

  useEffect(() => {
    // What is held already may have buttons of its own before the field.
    const focus = () => {
      if (!box.current || box.current.contains(document.activeElement)) return
      const first = (selector: string) => box.current?.querySelector<HTMLElement>(selector)
      const target = first('[data-autofocus]') ?? first('input, textarea, select, button')
      target?.focus()
    }
    const timer = setTimeout(focus, 30)
    return () => clearTimeout(timer)
  }, [])

  function finish(value: unknown, leave: Leave): void {
    if (done.current) return
    done.current = true
    // Whoever changed nothing has no say about what somebody else wrote meanwhile.
    const untouched = !start && sameValue(value, before)
    onCommit(untouched ? record[field.name] : value, version.current, leave)
  }

  function cancel(): void {
    if (done.current) return
    done.current = true
    onCancel()
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (isComposing(event)) return
    if (event.key === 'Escape') {
      event.stopPropagation()
      cancel()
    } else if (
      event.key === 'Enter' &&
      (event.metaKey || event.ctrlKey || (enterCommits.includes(ui.editor ?? '') && !isButton(event.target)))
    ) {
      event.preventDefault()
      event.stopPropagation()
      finish(draft, 'stay')
    } else if (event.key === 'Tab' && !ui.atOnce && leavesEditor(event, box.current)) {
      event.preventDefault()
      finish(draft, event.shiftKey ? 'previous' : 'next')
    }
  }

  function onBlur(event: FocusEvent): void {
    const to = event.relatedTarget
    if (ui.atOnce || box.current?.contains(to) || (to instanceof Element && to.closest('[data-portal]'))) return
    if (!document.hasFocus()) return
    finish(draft, 'stay')
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys bubble up from the input inside
    <div
      ref={box}
      className={css.inline}
      data-bare={bare}
      data-big={bare && !small.includes(ui.editor ?? '')}
      onKeyDown={onKeyDown}
      onBlur={onBlur}
    >
      <Editor
        field={field}
        object={object.name}
        record={record}
        make={make}
        label={field.label}
        value={draft}
        onChange={setDraft}
        onDone={(value) => finish(value === undefined ? draft : value, 'stay')}
        onCancel={cancel}
        inline={bare && small.includes(ui.editor ?? '')}
        autoFocus
        invalid={Boolean(start)}
        describedBy={start ? faultId : undefined}
      />
      {start && (
        <span id={faultId} className={css.fault} role="alert">
          {start.fault}
        </span>
      )}
    </div>
  )
}

const isButton = (target: EventTarget) => target instanceof HTMLButtonElement

/** Tab inside an editor of several inputs goes to the next of them first. */
function leavesEditor(event: KeyboardEvent, box: HTMLElement | null): boolean {
  const inputs = [
    ...(box?.querySelectorAll<HTMLElement>('input:not([type=hidden]), select, textarea, button:not([tabindex="-1"])') ??
      []),
  ]
  const at = inputs.indexOf(event.target as HTMLElement)
  return event.shiftKey ? at <= 0 : at === inputs.length - 1
}
