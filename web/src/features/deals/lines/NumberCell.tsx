import { useId, useRef, useState } from 'react'
import { number } from '../../../kit/format'
import { isComposing } from '../../../kit/keyboard'
import { readTyped } from '../../../fields/editors/readTyped'
import css from './lines.module.css'

interface Props {
  id: string
  label: string
  value: string | null
  disabled: boolean
  /** Null when it was saved, else why not. */
  onSave: (typed: string | null) => Promise<string | null>
}

const shown = (value: string | null) =>
  value === null || value === '' ? '' : Number.isFinite(Number(value)) ? number(value) : value

/** A number in the grid: typed as people type it, saved when one leaves, put back by Escape, kept with its reason when refused. */
export function NumberCell({ id, label, value, disabled, onSave }: Props) {
  const [typed, setTyped] = useState<string | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  const left = useRef(false)
  const why = useId()

  async function leave(): Promise<void> {
    if (typed === null || left.current) return
    const next = readTyped(typed)
    if (next === value || (next !== null && value !== null && Number(next) === Number(value))) {
      setTyped(null)
      return setFault(null)
    }
    left.current = true
    const refused = await onSave(next)
    left.current = false
    setFault(refused)
    if (!refused) setTyped(null)
  }

  return (
    <>
      <input
        id={id}
        className={`${css.input} num`}
        aria-label={label}
        aria-invalid={fault ? true : undefined}
        aria-describedby={fault ? why : undefined}
        inputMode="decimal"
        autoComplete="off"
        disabled={disabled}
        value={typed ?? shown(value)}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={() => void leave()}
        onKeyDown={(event) => {
          if (isComposing(event) || event.key !== 'Escape' || typed === null) return
          event.stopPropagation()
          setTyped(null)
          setFault(null)
        }}
      />
      {fault && (
        <span id={why} className={css.fault} role="alert">
          {fault}
        </span>
      )}
    </>
  )
}
