import { useLingui } from '@lingui/react/macro'
import { Select } from '@mantine/core'
import { useState } from 'react'
import { linked } from '../link'
import { type EditorProps, inputProps } from './types'
import { useLinkOptions } from './useLinkOptions'

export function LinkEditor(props: EditorProps) {
  const { field, object, value, onChange, onDone, onCancel, inline, record } = props
  const { t } = useLingui()
  const held = linked(value)
  const [typed, setTyped] = useState(held?.title ?? '')
  const looking = typed === held?.title ? '' : typed
  const { options, loading } = useLinkOptions(field, object, looking, record)
  const offered =
    held && !options.some((option) => option.id === held.id)
      ? [{ ...held, title: held.title ?? '' }, ...options]
      : options
  return (
    <Select
      {...inputProps(props)}
      data={offered.map((option) => ({ value: option.id, label: option.title || option.id }))}
      value={held?.id ?? null}
      searchable
      searchValue={typed}
      onSearchChange={setTyped}
      filter={({ options: all }) => all}
      nothingFoundMessage={loading ? t`Looking…` : t`Nothing matches`}
      clearable={!field.required && !inline}
      allowDeselect={!field.required}
      defaultDropdownOpened={inline}
      selectFirstOptionOnChange
      comboboxProps={{ width: inline ? 260 : 'target', position: 'bottom-start' }}
      onChange={(id) => {
        const chosen = offered.find((option) => option.id === id) ?? null
        onChange(chosen)
        onDone?.(chosen)
      }}
      onDropdownClose={inline ? onCancel : undefined}
      clearButtonProps={{ 'aria-label': t`Clear` }}
    />
  )
}
