import { Switch } from '@mantine/core'
import type { EditorProps } from './types'

export function BooleanEditor({ id, value, onChange, onDone, label, describedBy, autoFocus }: EditorProps) {
  return (
    <Switch
      id={id}
      checked={value === true}
      aria-label={id ? undefined : label}
      aria-describedby={describedBy}
      autoFocus={autoFocus}
      onChange={(event) => {
        onChange(event.currentTarget.checked)
        onDone?.(event.currentTarget.checked)
      }}
    />
  )
}
