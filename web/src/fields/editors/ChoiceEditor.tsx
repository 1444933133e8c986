import { useLingui } from '@lingui/react/macro'
import { Select } from '@mantine/core'
import { useModel } from '../../api/ModelContext'
import { type EditorProps, inputProps } from './types'

export function ChoiceEditor(props: EditorProps) {
  const { field, value, onChange, onDone, onCancel, inline } = props
  const { t } = useLingui()
  const options = useModel().options(field)
  const offered = options.filter((option) => !option.retired || option.code === value)
  return (
    <Select
      {...inputProps(props)}
      data={offered.map((option) => ({ value: option.code, label: option.label }))}
      value={typeof value === 'string' && value ? value : null}
      searchable={offered.length > 8}
      nothingFoundMessage={t`Nothing matches`}
      clearable={!field.required && !inline}
      allowDeselect={!field.required}
      defaultDropdownOpened={inline}
      // In a form that has just come up, one Escape leaves the form and not only a list.
      openOnFocus={Boolean(inline)}
      comboboxProps={{ width: inline ? 220 : 'target', position: 'bottom-start' }}
      onChange={(code) => {
        onChange(code)
        onDone?.(code)
      }}
      onDropdownClose={inline ? onCancel : undefined}
      clearButtonProps={{ 'aria-label': t`Clear` }}
    />
  )
}
