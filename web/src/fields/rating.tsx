import { t } from '@lingui/core/macro'
import { forNumber } from './operators'
import type { FieldUi, Shown } from './ui'

const stars = ({ value }: Shown) => (typeof value === 'number' ? value : 0)

export const rating: FieldUi = {
  width: 100,
  cell: (shown) => {
    const count = stars(shown)
    if (!count) return null
    const top = shown.field.max ?? 5
    return (
      <span className="stars" role="img" aria-label={t`${count} of ${top}`}>
        {'★'.repeat(count)}
        <span className="dim">{'★'.repeat(Math.max(0, top - count))}</span>
      </span>
    )
  },
  text: (shown) => (stars(shown) ? String(stars(shown)) : ''),
  editor: 'rating',
  atOnce: true,
  operators: forNumber,
}
