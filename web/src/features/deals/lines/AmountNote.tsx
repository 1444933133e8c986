import { useLingui } from '@lingui/react/macro'
import type { RecordPart } from '../../../objects/Parts'
import { fieldUi } from '../../../fields'
import { useModel } from '../../../api/ModelContext'
import css from './lines.module.css'
import { useAmount } from './useAmount'

/** Beside an amount that was set by hand though there are lines: what they come to, and the way back to it. */
export function AmountNote({ object, record }: RecordPart) {
  const { t } = useLingui()
  const model = useModel()
  const { byHand, follow } = useAmount(object, record)
  const field = model.field('deal', 'lines_amount')
  if (!byHand || !field) return null
  const sum = fieldUi(field).text({ value: record.lines_amount, field, model })
  const label = t`Set by hand; the lines come to ${sum}`
  return follow ? (
    <button
      type="button"
      className={css.byHand}
      title={label}
      aria-label={t`${label}. Use that again`}
      onClick={follow}
    >
      {t`by hand`}
    </button>
  ) : (
    <span className={css.byHand} title={label}>
      {t`by hand`}
    </span>
  )
}
