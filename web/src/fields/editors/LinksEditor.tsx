import { useLingui } from '@lingui/react/macro'
import { MultiSelect } from '@mantine/core'
import { useState } from 'react'
import { keepTyped } from '../../kit/keyboard'
import { linkedList } from '../link'
import { besides, type EditorProps, inputProps } from './types'
import { useLinkOptions } from './useLinkOptions'

export function LinksEditor(props: EditorProps) {
  const { field, object, value, onChange, record } = props
  const { t } = useLingui()
  const [typed, setTyped] = useState('')
  const held = linkedList(value)
  const { options, loading } = useLinkOptions(field, object, typed, record)
  const all = [...held, ...options.filter((option) => !held.some((item) => item.id === option.id))]
  return (
    <MultiSelect
      {...inputProps(props)}
      size="xs"
      data={all.map((item) => ({ value: item.id, label: item.title ?? item.id }))}
      value={held.map((item) => item.id)}
      onChange={(ids) => onChange(ids.map((id) => all.find((item) => item.id === id)).filter(Boolean))}
      searchable
      searchValue={typed}
      onSearchChange={setTyped}
      filter={({ options: offered }) => offered}
      hidePickedOptions={typed !== ''}
      onKeyDown={keepTyped(typed !== '')}
      selectFirstOptionOnChange={typed !== '' && !loading}
      nothingFoundMessage={loading ? t`Looking…` : t`Nothing matches`}
      comboboxProps={{ width: props.inline ? 260 : 'target', position: besides(props) }}
    />
  )
}
