import { useLingui } from '@lingui/react/macro'
import * as format from '../../kit/format'
import css from './import.module.css'
import type { Import } from './importApi'

/** How many rows became what, or would. */
export function Counts({ current }: { current: Import }) {
  const { t } = useLingui()
  const isTrial = current.state === 'checked'
  const counts = [
    { label: isTrial ? t`would be created` : t`created`, value: current.created },
    { label: isTrial ? t`would be updated` : t`updated`, value: current.updated },
    { label: t`skipped`, value: current.skipped },
    { label: t`rejected`, value: current.rejected },
  ]
  return (
    <dl className={css.counts}>
      {counts.map((count) => (
        <div key={count.label}>
          <dd className="num">{format.number(count.value)}</dd>
          <dt>{count.label}</dt>
        </div>
      ))}
    </dl>
  )
}
