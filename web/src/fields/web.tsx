import { text } from './text'
import * as format from '../kit/format'
import type { FieldUi, Shown } from './ui'

const words = ({ value }: Shown) => (value === null || value === undefined ? '' : String(value))

/** Only addresses of the web become links; anything else stays text. */
function href(address: string): string | null {
  const url = /^[a-z]+:/i.test(address) ? address : `https://${address}`
  return /^https?:/i.test(url) ? url : null
}

export const url: FieldUi = {
  ...text,
  width: 170,
  cell: (shown) => {
    const address = words(shown)
    const to = href(address)
    const label = address.replace(/^https?:\/\//, '').replace(/\/$/, '')
    if (!address || !to) return <span className="trunc">{address}</span>
    return (
      <a className="trunc quiet-link" href={to} target="_blank" rel="noreferrer" tabIndex={shown.full ? 0 : -1}>
        {label}
      </a>
    )
  },
}

export const email: FieldUi = {
  ...text,
  width: 200,
  cell: (shown) => <Address scheme="mailto" address={words(shown)} full={shown.full} />,
}

export const phone: FieldUi = {
  ...text,
  text: (shown) => format.phone(words(shown)),
  width: 150,
  cell: (shown) => <Address scheme="tel" address={words(shown)} full={shown.full} />,
}

/** A mail address breaks after its @ if it must break. */
function shownAs(scheme: string, address: string) {
  if (scheme === 'tel') return format.phone(address)
  const [name, domain] = address.split('@')
  return domain ? (
    <>
      {name}@<wbr />
      {domain}
    </>
  ) : (
    address
  )
}

export function Address({ scheme, address, full = false }: { scheme: string; address: string; full?: boolean }) {
  if (!address) return null
  return (
    <a
      className={full ? 'num quiet-link breakable' : 'num quiet-link trunc'}
      href={`${scheme}:${address.replace(/\s/g, '')}`}
      tabIndex={full ? 0 : -1}
    >
      {shownAs(scheme, address)}
    </a>
  )
}
