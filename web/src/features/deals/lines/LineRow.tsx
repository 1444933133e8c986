import { useLingui } from '@lingui/react/macro'
import { IconExternalLink, IconX } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ObjectModel, RecordData } from '../../../api/model'
import { useModel } from '../../../api/ModelContext'
import { fieldUi } from '../../../fields'
import { linked } from '../../../fields/link'
import { isMoney } from '../../../fields/money'
import css from './lines.module.css'
import { NumberCell } from './NumberCell'
import { ProductCell } from './ProductCell'
import type { What } from './useLines'

interface Props {
  object: ObjectModel
  line: RecordData
  currency: string
  editable: boolean
  onChange: (values: Record<string, unknown>) => Promise<string | null>
  onPick: (what: What) => void
  onRemove: () => void
}

/** One line: what, how many, at what price, less what; its total is the server's. */
export function LineRow({ object, line, currency, editable, onChange, onPick, onRemove }: Props) {
  const { t } = useLingui()
  const model = useModel()
  const name = String(line.name ?? linked(line.product)?.title ?? '')
  const field = (code: string) => object.fields.find((candidate) => candidate.name === code)
  const text = (code: string) => {
    const known = field(code)
    return known ? fieldUi(known).text({ value: line[code], field: known, model }) : ''
  }
  const plain = (code: string) => (line[code] === null || line[code] === undefined ? null : String(line[code]))
  const price = isMoney(line.unit_price) ? line.unit_price : null
  const product = field('product')
  const recurs = typeof line.billing_period === 'string' && line.billing_period !== 'one_off'
  const facts = [
    text('unit'),
    recurs ? `${text('billing_period')}${plain('periods') ? ` × ${plain('periods')}` : ''}` : '',
    line.optional === true ? field('optional')?.label : '',
    line.free === true ? field('free')?.label : '',
  ].filter(Boolean)
  const cell = (code: string, value: string | null, write: (typed: string | null) => unknown) => {
    const label = field(code)?.label ?? code
    return (
      <td className={css.number} data-label={label}>
        <NumberCell
          id={`${line.id}-${code}`}
          label={t`${label} of ${name}`}
          value={value}
          disabled={!editable}
          onSave={(typed) => onChange({ [code]: write(typed) })}
        />
      </td>
    )
  }
  return (
    <tr className={css.line} data-optional={line.optional === true}>
      <th scope="row" className={css.what}>
        {editable && product ? (
          <ProductCell
            key={name}
            id={`${line.id}-product`}
            label={t`Product of ${name}`}
            field={product}
            shown={name}
            onPick={onPick}
          />
        ) : (
          <span className={css.name}>{name}</span>
        )}
        {facts.length > 0 && <span className={css.facts}>{facts.join(' · ')}</span>}
      </th>
      {cell('quantity', plain('quantity'), (typed) => typed)}
      {cell('unit_price', price?.amount ?? null, (typed) =>
        typed === null ? null : { amount: typed, currency: price?.currency ?? currency },
      )}
      {cell('discount', plain('discount'), (typed) => typed)}
      <td className={`${css.total} num strong`} data-label={field('total')?.label}>
        {text('total')}
      </td>
      <td className={css.buttons}>
        <Link
          to="/o/$path/$id"
          params={{ path: object.path, id: line.id }}
          className={css.icon}
          aria-label={t`Open ${name}`}
        >
          <IconExternalLink size={15} />
        </Link>
        {object.access.delete && editable && (
          <button type="button" className={css.icon} aria-label={t`Remove ${name}`} onClick={onRemove}>
            <IconX size={15} />
          </button>
        )}
      </td>
    </tr>
  )
}
