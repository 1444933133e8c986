import { useLingui } from '@lingui/react/macro'
import { MultiSelect } from '@mantine/core'
import { useModel } from '../../api/ModelContext'
import { besides, type EditorProps, inputProps } from './types'

export function ChoicesEditor(props: EditorProps) {
  const { field, value, onChange } = props
  const { t } = useLingui()
  const held = Array.isArray(value) ? value.map(String) : []
  const options = useModel()
    .options(field)
    .filter((option) => !option.retired || held.includes(option.code))
  return (
    <MultiSelect
      {...inputProps(props)}
      size="xs"
      data={options.map((option) => ({ value: option.code, label: option.label }))}
      value={held}
      onChange={onChange}
      searchable
      nothingFoundMessage={t`Nothing matches`}
      defaultDropdownOpened={props.inline}
      comboboxProps={{ width: props.inline ? 240 : 'target', position: besides(props) }}
    />
  )
}
