import { useLingui } from '@lingui/react/macro'
import { ActionIcon, TextInput } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconPin, IconPinFilled } from '@tabler/icons-react'
import { useState } from 'react'
import type { Field, ObjectModel } from '../../api/model'
import { columnsOf } from '../views/defaults'
import type { ListState } from '../views/useListState'
import css from './fieldsMenu.module.css'

/** Ticks the columns and moves them up and down. */
export function FieldsForm({ object, state }: { object: ObjectModel; state: ListState }) {
  const { t } = useLingui()
  const [typed, setTyped] = useState('')
  const shown = columnsOf(object, state.columns)
  const wanted = typed.trim().toLowerCase()
  const rest = object.fields.filter((field) => !shown.includes(field) && field.type !== 'reverse')
  const commit = (fields: Field[]) => state.change({ columns: fields.map((field) => field.name).join(',') })
  const move = (at: number, by: number) => {
    const next = [...shown]
    const [field] = next.splice(at, 1)
    if (field) next.splice(at + by, 0, field)
    commit(next)
  }
  return (
    <>
      <TextInput
        autoFocus
        aria-label={t`Find a field`}
        placeholder={t`Find a field`}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <div className={css.list}>
        {shown.map((field, at) => (
          <div key={field.name} className={css.line} hidden={!field.label.toLowerCase().includes(wanted)}>
            <label className={css.check}>
              <input
                type="checkbox"
                checked
                disabled={at === 0}
                onChange={() => commit(shown.filter((other) => other !== field))}
              />
              <span className="trunc">{field.label}</span>
            </label>
            <ActionIcon
              size={24}
              className={css.pin}
              aria-pressed={at < state.pinned}
              aria-label={
                at < state.pinned ? t`${field.label} stays in sight` : t`Keep columns up to ${field.label} in sight`
              }
              title={at < state.pinned ? t`Stays in sight` : t`Keep in sight`}
              onClick={() => state.change({ pinned: String(at < state.pinned ? Math.max(1, at) : at + 1) })}
            >
              {at < state.pinned ? <IconPinFilled size={14} /> : <IconPin size={14} />}
            </ActionIcon>
            {at > 0 && (
              <>
                <ActionIcon
                  size={24}
                  disabled={at === 1}
                  aria-label={t`Move ${field.label} up`}
                  onClick={() => move(at, -1)}
                >
                  <IconArrowUp size={14} />
                </ActionIcon>
                <ActionIcon
                  size={24}
                  disabled={at === shown.length - 1}
                  aria-label={t`Move ${field.label} down`}
                  onClick={() => move(at, 1)}
                >
                  <IconArrowDown size={14} />
                </ActionIcon>
              </>
            )}
          </div>
        ))}
        {rest
          .filter((field) => field.label.toLowerCase().includes(wanted))
          .map((field) => (
            <div key={field.name} className={css.line}>
              <label className={css.check}>
                <input type="checkbox" checked={false} onChange={() => commit([...shown, field])} />
                <span className="trunc">{field.label}</span>
              </label>
            </div>
          ))}
      </div>
    </>
  )
}
