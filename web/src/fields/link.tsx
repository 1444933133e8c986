import { t } from '@lingui/core/macro'
import type { Linked } from '../api/model'
import type { ModelIndex } from '../api/ModelIndex'
import { target } from '../api/model'
import { Monogram } from '../kit/Monogram'
import { forChoice, forList, forTeam, forUser } from './operators'
import type { FieldUi, Shown } from './ui'

/** A link is its id, or an object with title under `expand`. */
export function linked(value: unknown): Linked | null {
  if (!value) return null
  if (typeof value === 'string') return { id: value }
  return typeof value === 'object' && 'id' in value ? (value as Linked) : null
}

export function linkedList(value: unknown): Linked[] {
  return (Array.isArray(value) ? value : [value]).map(linked).filter((item) => item !== null)
}

export function recordHref(model: ModelIndex, object: string | null | undefined, id: string): string | null {
  const path = model.object(object)?.path
  return path ? `/o/${path}/${id}` : null
}

function anchor(item: Linked, { field, model, full }: Shown) {
  const label = item.title ?? ''
  const href = recordHref(model, item.object ?? target(field), item.id)
  if (!href || !label) return <span className="trunc">{label}</span>
  const link = (
    <a className="trunc quiet-link" href={href} tabIndex={full ? 0 : -1}>
      {label}
    </a>
  )
  return item.deleted_at ? (
    <span className="row">
      {link} <span className="dim">{t`in the bin`}</span>
    </span>
  ) : (
    link
  )
}

const titles = ({ value }: Shown) =>
  linkedList(value)
    .map((item) => item.title ?? '')
    .join(', ')

export const link: FieldUi = {
  width: 170,
  cell: (shown) => {
    const item = linked(shown.value)
    return item && anchor(item, shown)
  },
  text: titles,
  editor: 'link',
  atOnce: true,
  operators: forChoice,
}

export const links: FieldUi = {
  width: 190,
  cell: (shown) => (
    <span className={shown.full ? 'wrap' : 'row clip'}>
      {linkedList(shown.value).map((item) => (
        <span key={item.id} className="row">
          {anchor(item, shown)}
        </span>
      ))}
    </span>
  ),
  text: titles,
  editor: 'links',
  operators: forList,
}

/** A team may be one of one's own. */
export const team: FieldUi = { ...link, operators: forTeam }

export const user: FieldUi = {
  width: 156,
  cell: (shown) => {
    const item = linked(shown.value)
    if (!item?.title) return null
    return (
      <span className="row">
        <Monogram name={item.title} person />
        <span className="trunc">{item.title}</span>
      </span>
    )
  },
  text: titles,
  editor: 'link',
  atOnce: true,
  operators: forUser,
}
