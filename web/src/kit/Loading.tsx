import { useLingui } from '@lingui/react/macro'
import css from './states.module.css'

/** Grey bars where rows will be; `rows` as many as fit, so that nothing jumps. */
export function Loading({ rows = 8 }: { rows?: number }) {
  const { t } = useLingui()
  return (
    <div className={css.loading} role="status" aria-label={t`Loading`}>
      {Array.from({ length: rows }, (_, index) => (
        <i key={index} />
      ))}
    </div>
  )
}
