import { TagsInput } from '@mantine/core'
import { type EditorProps, inputProps } from './types'

export function TextsEditor(props: EditorProps) {
  const { value, onChange } = props
  return (
    <TagsInput
      {...inputProps(props)}
      size="xs"
      value={Array.isArray(value) ? value.map(String) : []}
      onChange={onChange}
      splitChars={[',', ';']}
      acceptValueOnBlur
    />
  )
}
