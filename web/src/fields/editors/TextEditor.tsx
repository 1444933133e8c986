import { TextInput } from '@mantine/core'
import { type EditorProps, inputProps } from './types'

const modes = { email: 'email', phone: 'tel', url: 'url' } as const

export function TextEditor(props: EditorProps) {
  const { field, value, onChange } = props
  return (
    <TextInput
      {...inputProps(props)}
      value={value == null ? '' : String(value)}
      onChange={(event) => onChange(event.currentTarget.value)}
      inputMode={modes[field.type as keyof typeof modes]}
      maxLength={field.max ?? undefined}
      autoComplete="off"
    />
  )
}
