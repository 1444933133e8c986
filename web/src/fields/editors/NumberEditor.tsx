import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { number } from '../../kit/format'
import { readTyped } from './readTyped'
import { type EditorProps, inputProps } from './types'

/** A refused value comes back as it was typed. */
function shown(value: unknown): string {
  if (value === null || value === undefined || value === '') return ''
  return Number.isFinite(Number(value)) ? number(String(value)) : String(value)
}

export function NumberEditor(props: EditorProps) {
  const { field, value, onChange } = props
  const [text, setText] = useState(shown(value))
  return (
    <TextInput
      {...inputProps(props)}
      value={text}
      inputMode="decimal"
      autoComplete="off"
      rightSection={field.type === 'percent' ? <span className="dim">%</span> : undefined}
      onChange={(event) => {
        setText(event.currentTarget.value)
        const typed = readTyped(event.currentTarget.value)
        const exact = typed !== null && Number.isFinite(Number(typed))
        onChange(exact && field.type !== 'decimal' ? Number(typed) : typed)
      }}
    />
  )
}
