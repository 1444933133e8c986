import { Plural } from '@lingui/react/macro'
import type { Field, ObjectModel } from '../../api/model'
import { useModel } from '../../api/ModelContext'
import type { Report } from '../../api/queries'
import { fieldUi } from '../../fields'
import * as format from '../../kit/format'
import css from './list.module.css'

interface Props {
  object: ObjectModel
  sums: Field[]
  row: Report['rows'][number] | undefined
  /** Number of rows on screen until the totals have come. */
  loaded: number
  more: boolean
}

export function Footer({ object, sums, row, loaded, more }: Props) {
  const model = useModel()
  const count = row ? Number(row.count) : loaded
  const label = count === 1 ? object.label : object.label_plural
  return (
    <div className={`${css.foot} num`}>
      <span>
        <b>
          {format.number(count)}
          {!row && more && '+'}
        </b>{' '}
        {format.lower(label)}
      </span>
      {row &&
        sums.map((field) => {
          const value = row[`sum_${field.name}`]
          return (
            value != null && (
              <span key={field.name}>
                {field.label} <b>{fieldUi(field).text({ value, field, model })}</b>
              </span>
            )
          )
        })}
    </div>
  )
}

export function Selected({ count }: { count: number }) {
  return (
    <span className="num" aria-live="polite">
      <Plural value={count} one="# selected" other="# selected" />
    </span>
  )
}
