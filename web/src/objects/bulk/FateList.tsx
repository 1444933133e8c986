import { Plural } from '@lingui/react/macro'
import { useQueryClient } from '@tanstack/react-query'
import { findRecord } from '../../api/cache'
import type { ObjectModel } from '../../api/model'
import { useModel } from '../../api/ModelContext'
import type { Hanging } from '../../api/records'
import { lower, number } from '../../kit/format'
import { titleOf } from '../list/TitleCell'
import css from './bulk.module.css'
import { type Fate, leftOut } from './outcome'

const named = 3

/** Who would be left as they are, and why. */
export function Refused({ object, fate }: { object: ObjectModel; fate: Fate }) {
  const client = useQueryClient()
  const left = leftOut(fate)
  const title = (id: string) => {
    const record = findRecord(client, object.name, id)
    return record && titleOf(object, record)
  }
  if (left === 0) return null
  return (
    <div className={css.refused} role="alert">
      <strong>
        <Plural value={left} one="# record will be left as it is" other="# records will be left as they are" />
      </strong>
      <ul className={css.list}>
        {fate.refused.map(({ reason, ids }) => {
          const titles = ids.slice(0, named).map(title).filter(Boolean).join(', ')
          return (
            <li key={reason}>
              <span className="num">{number(ids.length)}</span> {reason}
              {titles && (
                <span className={css.who}>
                  {titles}
                  {ids.length > named && ' …'}
                </span>
              )}
            </li>
          )
        })}
      </ul>
    </div>
  )
}

/** How many other records link to what is to be deleted; those that only connect two others say nothing to people. */
export function HangingList({ hanging }: { hanging: Hanging[] }) {
  const model = useModel()
  const told = hanging.filter(({ object }) => model.object(object)?.nav)
  return (
    <ul className={css.hanging}>
      {(told.length > 0 ? told : hanging).map(({ object, label, count }) => (
        <li key={object}>
          <b className="num">{number(count)}</b> {lower(label)}
        </li>
      ))}
    </ul>
  )
}
