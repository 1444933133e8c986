import { Textarea } from '@mantine/core'
import { type EditorProps, inputProps } from './types'

export function LongTextEditor(props: EditorProps) {
  const { value, onChange } = props
  return (
    <Textarea
      {...inputProps(props)}
      value={value == null ? '' : String(value)}
      onChange={(event) => onChange(event.currentTarget.value)}
      autosize
      minRows={props.inline ? 1 : 3}
      maxRows={12}
    />
  )
}
