import { useLingui } from '@lingui/react/macro'
import { ActionIcon } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { fieldUi } from '..'
import css from './editors.module.css'
import { editors } from '.'
import type { EditorProps } from './types'

type Row = Record<string, unknown>

/** A small table: one line per row, one editor per part. */
export function RowsEditor({ field, object, value, onChange, record }: EditorProps) {
  const { t } = useLingui()
  const rows = (Array.isArray(value) ? value : []) as Row[]
  const parts = field.parts ?? []
  const change = (at: number, part: string, next: unknown) =>
    onChange(rows.map((row, index) => (index === at ? { ...row, [part]: next } : row)))
  return (
    <span className={css.stack}>
      {rows.map((row, at) => (
        <span key={at} className={css.rowParts}>
          {parts.map((part) => {
            const name = fieldUi(part).editor
            const Part = name ? editors[name] : null
            return (
              Part && (
                <Part
                  key={part.name}
                  field={part}
                  object={object}
                  record={record}
                  label={part.label}
                  value={row[part.name]}
                  onChange={(next) => change(at, part.name, next)}
                />
              )
            )
          })}
          <ActionIcon aria-label={t`Remove row`} onClick={() => onChange(rows.filter((_, index) => index !== at))}>
            <IconX size={14} />
          </ActionIcon>
        </span>
      ))}
      <button type="button" className={css.add} onClick={() => onChange([...rows, {}])}>
        <IconPlus size={14} aria-hidden /> {t`Add a row`}
      </button>
    </span>
  )
}
