import { useLingui } from '@lingui/react/macro'
import { ActionIcon, NativeSelect, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { type ContactRow, contactRows } from '../contacts'
import css from './editors.module.css'
import type { EditorProps } from './types'

/** Several e-mail addresses or numbers; the first is the primary one. */
export function ContactsEditor({ field, value, onChange, label, id, autoFocus }: EditorProps) {
  const { t } = useLingui()
  const part = field.type === 'emails' ? 'address' : 'number'
  const list = contactRows(value)
  const shown: ContactRow[] = list.length > 0 ? list : [{ [part]: '', kind: 'work', primary: true }]
  const kinds = [
    { value: 'work', label: t`Work` },
    { value: 'personal', label: t`Personal` },
    { value: 'mobile', label: t`Mobile` },
    { value: 'office', label: t`Office` },
    { value: 'home', label: t`Home` },
    { value: 'fax', label: t`Fax` },
    { value: 'assistant', label: t`Assistant` },
    { value: 'billing', label: t`Billing` },
    { value: 'other', label: t`Other` },
  ]
  const commit = (rows: ContactRow[]) => onChange(rows.map((row, at) => ({ ...row, primary: at === 0 })))
  const change = (at: number, patch: Partial<ContactRow>) =>
    commit(shown.map((row, index) => (index === at ? { ...row, ...patch } : row)))
  return (
    <span className={css.stack}>
      {shown.map((row, at) => (
        <span key={at} className={css.contact}>
          <TextInput
            size="xs"
            id={at === 0 ? id : undefined}
            aria-label={at === 0 && id ? undefined : label}
            autoFocus={autoFocus && at === 0}
            inputMode={part === 'address' ? 'email' : 'tel'}
            value={row[part] ?? ''}
            onChange={(event) => change(at, { [part]: event.currentTarget.value })}
          />
          <NativeSelect
            size="xs"
            aria-label={t`Kind of ${label}`}
            data={kinds}
            value={row.kind ?? 'work'}
            onChange={(event) => change(at, { kind: event.currentTarget.value })}
          />
          <ActionIcon aria-label={t`Remove ${label}`} onClick={() => commit(shown.filter((_, index) => index !== at))}>
            <IconX size={14} />
          </ActionIcon>
        </span>
      ))}
      <button type="button" className={css.add} onClick={() => commit([...shown, { [part]: '', kind: 'work' }])}>
        <IconPlus size={14} aria-hidden /> {t`Add another`}
      </button>
    </span>
  )
}
