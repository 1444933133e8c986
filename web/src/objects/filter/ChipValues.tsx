import { useLingui } from '@lingui/react/macro'
import { type Field, isLinkType } from '../../api/model'
import { useModel } from '../../api/ModelContext'
import { fieldUi } from '../../fields'
import { currentPlace, money, number } from '../../kit/format'
import type { Chip } from './expression'
import css from './filter.module.css'
import { LinkTitle } from './LinkTitle'
import { periods } from './periods'

const most = 2

/** The values of a chip in the user's words. */
export function ChipValues({ chip, field }: { chip: Chip; field: Field }) {
  const { t, i18n } = useLingui()
  const model = useModel()
  const { values } = chip
  const period = chip.op === 'period' ? periods.label(values[0] ?? '') : undefined
  if (period) return <span className={css.value}>{i18n._(period)}</span>
  const shown = values.slice(0, most)
  const others = values.length - shown.length
  return (
    <span className={css.value}>
      {shown.map((value, at) => (
        <span key={value}>
          {at > 0 && ', '}
          {isLinkType(field) ? <LinkTitle field={field} id={value} /> : words(value)}
        </span>
      ))}
      {others > 0 && <span> {t`and ${others} more`}</span>}
    </span>
  )

  function words(value: string): string {
    if (field.type === 'money')
      return money({ amount: value, currency: model.model.workspace.currency || currentPlace().currency })
    if (field.type === 'text') return value
    const isFigure = /^-?\d+(\.\d+)?$/.test(value)
    if (isFigure && field.type !== 'choice') return number(value)
    // A moment that is held against a day: nobody wrote an hour.
    const isDay = field.type === 'instant' && /^\d{4}-\d\d-\d\d$/.test(value)
    const shape: Field = isDay ? { ...field, type: 'date' } : field
    return fieldUi(shape).text({ value: field.type === 'choices' ? [value] : value, field: shape, model }) || value
  }
}
