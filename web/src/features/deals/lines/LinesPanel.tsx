import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { type KeyboardEvent, useRef } from 'react'
import { useModel } from '../../../api/ModelContext'
import { fieldUi } from '../../../fields'
import { isMoney } from '../../../fields/money'
import { isComposing } from '../../../kit/keyboard'
import { Loading } from '../../../kit/Loading'
import type { RecordPart } from '../../../objects/Parts'
import { problemText } from '../../../objects/problem'
import { LineRow } from './LineRow'
import css from './lines.module.css'
import { neighbour } from './neighbour'
import { ProductCell } from './ProductCell'
import { useAmount } from './useAmount'
import { useLines, type What } from './useLines'

const columns = ['product', 'quantity', 'unit_price', 'discount', 'total']

/** The lines of a deal as a sheet of cells: arrows and Enter go up and down, Tab goes on, each cell is saved when one leaves it. */
export function LinesPanel({ object, record }: RecordPart) {
  const { t } = useLingui()
  const model = useModel()
  const line = model.object('deal_line')
  const { query, lines, change, add, remove, move } = useLines(object, line, record.id)
  const { byHand, follow } = useAmount(object, record)
  const box = useRef<HTMLDivElement>(null)
  if (!line || query.isPending) return <Loading rows={6} />
  if (query.isError) return <p className="dim">{problemText(query.error)}</p>
  const editable = line.access.update
  const product = line.fields.find((field) => field.name === 'product')
  const currency = isMoney(record.amount) ? record.amount.currency : model.model.workspace.currency
  const said = (name: string) => {
    const field = object.fields.find((candidate) => candidate.name === name)
    return field ? fieldUi(field).text({ value: record[name], field, model }) : ''
  }

  async function start(what: What): Promise<void> {
    const id = await add(what)
    setTimeout(() => {
      // Whoever has gone on by himself stays where he is.
      const at = document.activeElement
      if (id && (at === document.body || at?.id === 'new-line-product'))
        document.getElementById(`${id}-quantity`)?.focus()
    }, 60)
  }

  function onKeyDown(event: KeyboardEvent): void {
    const at = event.target
    if (isComposing(event) || !(at instanceof HTMLInputElement) || !box.current) return
    const row = lines.findIndex((candidate) => at.id.startsWith(candidate.id))
    const here = lines[row]
    if (event.altKey && here && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      const other = lines[row + (event.key === 'ArrowDown' ? 1 : -1)]
      event.preventDefault()
      if (other && editable) void move(here, other)
      return
    }
    if ((event.ctrlKey || event.metaKey) && (event.key === 'Delete' || event.key === 'Backspace') && here) {
      event.preventDefault()
      if (line?.access.delete && editable) void remove(here)
      return
    }
    const next = neighbour(box.current, at, event)
    if (!next) return
    event.preventDefault()
    next.focus()
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys bubble up from the cells
    <div ref={box} onKeyDown={onKeyDown}>
      <table className={css.table}>
        <caption className="hidden-label">{line.label_plural}</caption>
        <thead>
          <tr>
            {columns.map((name) => (
              <th key={name} scope="col" data-end={name !== 'product'}>
                {line.fields.find((field) => field.name === name)?.label}
                {name === 'discount' && ' %'}
              </th>
            ))}
            <td />
          </tr>
        </thead>
        <tbody>
          {lines.map((item) => (
            <LineRow
              key={item.id}
              object={line}
              line={item}
              currency={currency}
              editable={editable}
              onChange={(values) => change(item, values)}
              onPick={(what) =>
                void change(item, 'product' in what ? { product: what.product.id } : { name: what.name, product: null })
              }
              onRemove={() => void remove(item)}
            />
          ))}
          {line.access.create && product && (
            <tr className={css.line}>
              <th scope="row" colSpan={6} className={css.what}>
                <ProductCell
                  key={lines.length}
                  id="new-line-product"
                  label={t`Product of the next line`}
                  field={product}
                  shown=""
                  placeholder={t`Add a product, or say in words what it is`}
                  onPick={(what) => void start(what)}
                />
              </th>
            </tr>
          )}
        </tbody>
      </table>
      {isMoney(record.lines_amount) && (
        <div className={css.sums} aria-live="polite">
          <span className="grow">
            {byHand ? (
              <Trans>The amount was set by hand to {said('amount')}.</Trans>
            ) : (
              <Trans>The amount follows the lines.</Trans>
            )}
          </span>
          {byHand && follow && (
            <Button variant="default" size="xs" onClick={follow}>
              {t`Use the sum of the lines`}
            </Button>
          )}
          <span className={css.sum}>
            <span className="dim">{t`Lines`}</span>
            <strong className="num">{said('lines_amount')}</strong>
            {isMoney(record.mrr) && <span className="dim num">{t`${said('mrr')} a month`}</span>}
          </span>
        </div>
      )}
      <p className={css.hint}>
        <Trans>
          Arrows and Enter go from line to line. Alt and an arrow moves a line, Ctrl and Delete takes it out.
        </Trans>
      </p>
    </div>
  )
}
