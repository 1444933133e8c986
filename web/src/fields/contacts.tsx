import { t } from '@lingui/core/macro'
import * as format from '../kit/format'
import { forList } from './operators'
import type { FieldUi, Shown } from './ui'
import { Address } from './web'

/** One e-mail address or telephone number of a person or company. */
export interface ContactRow {
  address?: string
  number?: string
  kind?: string | null
  primary?: boolean
  state?: string | null
  note?: string | null
}

export function contactRows(value: unknown): ContactRow[] {
  if (!Array.isArray(value)) return []
  return value.map((row) => (typeof row === 'string' ? { address: row, number: row } : (row as ContactRow)))
}

const label = (row: ContactRow) => row.address ?? row.number ?? ''
const dead = (row: ContactRow) => row.state === 'bounced' || row.state === 'wrong' || row.state === 'retired'

function contacts(scheme: 'mailto' | 'tel'): FieldUi {
  return {
    width: 210,
    cell: (shown: Shown) => {
      const list = contactRows(shown.value)
      const first = list.find((row) => row.primary) ?? list[0]
      if (!first) return null
      if (!shown.full) {
        const others = list.length - 1
        return (
          <span className="row">
            <Address scheme={scheme} address={label(first)} />
            {others > 0 && <span className="dim num">+{others}</span>}
          </span>
        )
      }
      return (
        <span className="stack">
          {list.map((row) => (
            <span key={label(row)} className="row" data-dead={dead(row)}>
              <Address scheme={scheme} address={label(row)} full />
              {dead(row) && <span className="dim">{t`not reachable`}</span>}
            </span>
          ))}
        </span>
      )
    },
    text: ({ value }) => contactRows(value).map(label).map(format.phone).join(', '),
    editor: 'contacts',
    operators: forList,
  }
}

export const emails = contacts('mailto')
export const phones = contacts('tel')
