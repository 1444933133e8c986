import { useLingui } from '@lingui/react/macro'
import { IconBuilding } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import type { Field, ObjectModel } from '../../api/model'
import { Monogram } from '../../kit/Monogram'
import css from './create.module.css'
import { sent } from './sent'
import { type Proposal, useAlike } from './useAlike'

interface Props {
  object: ObjectModel
  values: Record<string, unknown>
  fields: Field[]
  /** Takes a record that is there already instead of a new one; absent, its page opens. */
  onUse?: (record: { id: string; title: string }) => void
  onLink: (field: string, record: { id: string; title: string }) => void
  onClose: () => void
}

/** What may already be there, while one types: by mail, phone, domain or name; and the company that the mail tells. */
export function Duplicates({ object, values, fields, onUse, onLink, onClose }: Props) {
  const { t } = useLingui()
  const navigate = useNavigate()
  const { items, links } = useAlike(object, sent(object, told(object, values)), true)
  const proposed = fields.flatMap((field) => (links[field.name] ?? []).slice(0, 1).map((record) => ({ field, record })))
  if (items.length === 0 && proposed.length === 0) return null

  const words: Record<string, string> = {
    emails: t`same e-mail`,
    phones: t`same phone`,
    domains: t`same domain`,
    name: t`similar name`,
  }
  function use({ id, title }: Proposal): void {
    if (onUse) onUse({ id, title })
    else void navigate({ to: '/o/$path/$id', params: { path: object.path, id } })
    onClose()
  }

  return (
    <div className={css.duplicates} role="status">
      {proposed.map(({ field, record }) => (
        <button
          key={field.name}
          type="button"
          className={css.duplicate}
          onClick={() => onLink(field.name, { id: record.id, title: record.title })}
        >
          <IconBuilding size={16} aria-hidden />
          <span className="trunc grow">
            {field.label}: {record.title}
          </span>
          <span className="dim trunc">{words[record.by]}</span>
          <span className={css.use}>{t`Take it`}</span>
        </button>
      ))}
      {items.length > 0 && <span className="dim">{t`Possibly there already:`}</span>}
      {items.map((item) => (
        <button key={item.id} type="button" className={css.duplicate} onClick={() => use(item)}>
          <Monogram name={item.title} />
          <span className="trunc grow">{item.title}</span>
          <span className="dim trunc">{words[item.by]}</span>
          <span className={css.use}>{t`Use this one`}</span>
        </button>
      ))}
    </div>
  )
}

const telling = ['text', 'email', 'phone', 'emails', 'phones', 'url', 'texts', 'link']

/** Only what can tell of a likeness is asked about. */
function told(object: ObjectModel, values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).filter(([name]) => {
      const field = object.fields.find((candidate) => candidate.name === name)
      return field !== undefined && telling.includes(field.type)
    }),
  )
}
