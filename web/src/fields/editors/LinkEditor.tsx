import { useLingui } from '@lingui/react/macro'
import { Select } from '@mantine/core'
import { useState } from 'react'
import type { Field, ObjectModel } from '../../api/model'
import { keepTyped } from '../../kit/keyboard'
import { linked } from '../link'
import { type EditorProps, inputProps } from './types'
import { useLinkOptions } from './useLinkOptions'

/** Stands among the options for one that is not there yet. */
const fresh = 'create'

/** Is a name enough to make one, and may one? */
function isMadeByName(field: Field, to: ObjectModel): boolean {
  const title = to.fields.find((candidate) => candidate.name === to.title)
  const needsMore = to.fields.some((other) => other.required && other !== title && !other.default)
  return to.access.create && field.type !== 'user' && title?.type === 'text' && Boolean(title.writable) && !needsMore
}

export function LinkEditor(props: EditorProps) {
  const { field, object, value, onChange, onDone, onCancel, inline, record } = props
  const { t } = useLingui()
  const held = linked(value)
  const [typed, setTyped] = useState(held?.title ?? '')
  const looking = typed === held?.title ? '' : typed
  const { options, loading, to } = useLinkOptions(field, object, looking, record)
  const make = to && isMadeByName(field, to) ? props.make : undefined
  const name = looking.trim()
  const isThere = options.some((option) => option.title.toLocaleLowerCase() === name.toLocaleLowerCase())
  const offered =
    held && !looking && !options.some((option) => option.id === held.id)
      ? [{ ...held, title: held.title ?? '' }, ...options]
      : options
  return (
    <Select
      {...inputProps(props)}
      data={[
        ...offered.map((option) => ({ value: option.id, label: option.title || option.id })),
        ...(make && name && !loading && !isThere ? [{ value: fresh, label: t`Create “${name}”` }] : []),
      ]}
      value={held?.id ?? null}
      searchable
      searchValue={typed}
      onSearchChange={setTyped}
      filter={({ options: all }) => all}
      nothingFoundMessage={loading ? t`Looking…` : t`Nothing matches`}
      clearable={!field.required && !inline}
      allowDeselect={!field.required}
      defaultDropdownOpened={inline}
      selectFirstOptionOnChange={looking !== '' && !loading}
      comboboxProps={{ width: inline ? 260 : 'target', position: 'bottom-start' }}
      onChange={(id) => {
        if (id === fresh) {
          if (to)
            void make?.(to, name).then((made) => {
              if (!made) return
              setTyped(made.title)
              onChange(made)
              onDone?.(made)
            })
          return
        }
        const chosen = offered.find((option) => option.id === id) ?? null
        onChange(chosen)
        onDone?.(chosen)
      }}
      onKeyDown={keepTyped(typed !== (held?.title ?? ''), fresh)}
      onDropdownClose={inline ? onCancel : undefined}
      clearButtonProps={{ 'aria-label': t`Clear` }}
    />
  )
}
