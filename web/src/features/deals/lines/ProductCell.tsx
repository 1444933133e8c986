import { useLingui } from '@lingui/react/macro'
import { Select } from '@mantine/core'
import { type KeyboardEvent, useState } from 'react'
import type { Field } from '../../../api/model'
import { useLinkOptions } from '../../../fields/editors/useLinkOptions'
import type { What } from './useLines'

interface Props {
  label: string
  field: Field
  /** What stands there now. */
  shown: string
  id?: string
  placeholder?: string
  onPick: (what: What) => void
}

const words = 'words:'
/** What stands there already. */
const held = 'held'

/** A product by a few letters of its name or code, or what was typed as it stands. */
export function ProductCell({ label, field, shown, id, placeholder, onPick }: Props) {
  const { t } = useLingui()
  const [typed, setTyped] = useState(shown)
  const [open, setOpen] = useState(false)
  const looking = typed === shown ? '' : typed.trim()
  const { options, loading } = useLinkOptions(field, 'deal_line', looking)
  const data = [
    ...(shown ? [{ value: held, label: shown }] : []),
    ...options.map((option) => ({ value: option.id, label: option.title })),
    ...(looking && !loading ? [{ value: words + looking, label: t`As typed: ${looking}` }] : []),
  ]

  function pick(value: string | null): void {
    const option = options.find((candidate) => candidate.id === value)
    if (option) onPick({ product: { id: option.id, title: option.title } })
    else if (value?.startsWith(words)) onPick({ name: value.slice(words.length) })
    setTyped(shown)
  }

  /** Closed, the arrows belong to the grid; open, to the list. */
  function onKeyDownCapture(event: KeyboardEvent): void {
    if (event.key === 'Escape') setTyped(shown)
    if (!open && event.key === 'Enter') setOpen(true)
    if (open || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) event.nativeEvent.stopPropagation()
  }

  return (
    <Select
      id={id}
      aria-label={label}
      placeholder={placeholder}
      variant="unstyled"
      data={data}
      value={shown ? held : null}
      allowDeselect={false}
      searchable
      searchValue={typed}
      onSearchChange={setTyped}
      filter={({ options: all }) => all}
      nothingFoundMessage={loading ? t`Looking…` : t`Nothing matches`}
      selectFirstOptionOnChange
      dropdownOpened={open}
      onDropdownOpen={() => setOpen(true)}
      onDropdownClose={() => {
        setOpen(false)
        setTyped(shown)
      }}
      comboboxProps={{ width: 300, position: 'bottom-start' }}
      onChange={pick}
      onKeyDownCapture={onKeyDownCapture}
      data-open={open || undefined}
    />
  )
}
