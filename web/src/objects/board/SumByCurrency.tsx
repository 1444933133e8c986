import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import type { Field, ObjectModel } from '../../api/model'
import { reportQuery } from '../../api/queries'
import { isMoney } from '../../fields/money'
import * as format from '../../kit/format'
import { allOf } from '../filter/expression'
import css from './board.module.css'
import { type Column, inColumn, type Totals } from './columns'
import type { BoardData } from './useBoard'

interface Props {
  object: ObjectModel
  board: BoardData
  column: Column
  summed: Field
  totals: Totals | undefined
  q: string
}

/** The sum of a column in short; looked at closer, to the cent and by each currency that is in it. */
export function SumByCurrency({ object, board, column, summed, totals, q }: Props) {
  const { t } = useLingui()
  const id = useId()
  const [open, setOpen] = useState(false)
  const sum = { amount: String(totals?.sum ?? 0), currency: board.currency }
  const measure = `sum_own_${summed.name}`
  const report = useQuery(
    reportQuery(
      {
        object: object.name,
        filter: allOf(board.filter, inColumn(board.group.name, column)),
        q: q || undefined,
        group_by: [{ field: `${summed.name}.currency` }],
        measures: [{ fn: 'sum_own', field: summed.name }],
      },
      open,
    ),
  )
  const parts = (report.data?.rows ?? []).map((row) => row[measure]).filter(isMoney)
  return (
    <span className={css.sumBox}>
      <button
        type="button"
        className={css.sum}
        aria-describedby={open ? id : undefined}
        onMouseEnter={() => setOpen(true)}
        onMouseLeave={() => setOpen(false)}
        onClick={() => setOpen(true)}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={(event) => event.key === 'Escape' && setOpen(false)}
      >
        {format.moneyShort(sum)}
      </button>
      {open && (
        <span role="tooltip" id={id} className={css.tip}>
          <b>{t`${format.money(sum)} in all`}</b>
          {parts.map((part) => (
            <span key={part.currency}>{format.money(part)}</span>
          ))}
        </span>
      )}
    </span>
  )
}
