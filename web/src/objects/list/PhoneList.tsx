import { useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { memo, type ReactNode, useMemo, useState } from 'react'
import type { Field, ObjectModel, RecordData } from '../../api/model'
import { useModel } from '../../api/ModelContext'
import { fieldUi } from '../../fields'
import { isEmpty } from '../../fields/ui'
import * as format from '../../kit/format'
import { PlainList } from '../../kit/grid/PlainList'
import { Monogram } from '../../kit/Monogram'
import { Pulse } from '../../kit/Pulse'
import css from './list.module.css'
import phone from './phone.module.css'
import { isPerson, titleOf } from './TitleCell'
import type { Selection } from './useSelection'

interface Props {
  object: ObjectModel
  fields: Field[]
  rows: RecordData[]
  /** Which list it is, for the page of a record that is opened from it. */
  list: string
  selection: Selection
  /** Count and sums of the list. */
  foot: ReactNode
  onNearEnd: () => void
}

/** Two lines a record: name and what is behind it; the figure and the tag at the end. A tap opens one, or selects it. */
export function PhoneList({ object, fields, rows, list, selection, foot, onNearEnd }: Props) {
  const { t } = useLingui()
  const [selecting, setSelecting] = useState(false)
  const places = useMemo(() => placesOf(object, fields), [object, fields])
  const row = (record: RecordData) => <PhoneRow object={object} record={record} places={places} />
  return (
    <>
      <PlainList
        label={object.label_plural}
        rows={rows}
        keyOf={(record) => record.id}
        size={60}
        onNearEnd={onNearEnd}
        render={(record) =>
          selecting ? (
            <label className={`${css.phoneRow} ${phone.row}`}>
              <input
                type="checkbox"
                className={phone.check}
                aria-label={t`Select ${titleOf(object, record)}`}
                checked={selection.ids.has(record.id)}
                onChange={() => selection.toggle(rows.indexOf(record), false)}
              />
              {row(record)}
            </label>
          ) : (
            <PhoneLink object={object} record={record} places={places} list={list} />
          )
        }
      />
      <div className={phone.foot}>
        {foot}
        {(object.access.update || object.access.delete) && (
          <button
            type="button"
            className={phone.select}
            onClick={() => {
              if (selecting) selection.clear()
              setSelecting(!selecting)
            }}
          >
            {selecting ? t`Done` : t`Select`}
          </button>
        )}
      </div>
    </>
  )
}

/** Which fields stand where in a row. */
interface Places {
  figure?: Field
  tag?: Field
  pulse?: Field
  words: Field[]
}

function placesOf(object: ObjectModel, fields: Field[]): Places {
  const others = fields.filter((field) => field.name !== object.title)
  const figure = others.find((field) => field.type === 'money') ?? others.find((field) => fieldUi(field).end)
  const tag =
    others.find((field) => field.emphasis || field.type === 'choice') ?? others.find((field) => field.type === 'link')
  const pulse = object.fields.find((field) => field.type === 'counts' && fields.includes(field))
  const words = others
    .filter((field) => field !== figure && field !== tag && field !== pulse && field.type !== 'counts')
    .slice(0, 2)
  return { figure, tag, pulse, words }
}

interface RowProps {
  object: ObjectModel
  record: RecordData
  places: Places
}

/** Drawn once for a record as it is, however often the list around it hears something new. */
const PhoneLink = memo(function PhoneLink({ list, ...row }: RowProps & { list: string }) {
  return (
    <Link
      to="/o/$path/$id"
      params={{ path: row.object.path, id: row.record.id }}
      state={{ list }}
      className={css.phoneRow}
    >
      <PhoneRow {...row} />
    </Link>
  )
})

function PhoneRow({ object, record, places: { figure, tag, pulse, words } }: RowProps) {
  const model = useModel()
  const title = titleOf(object, record)
  const text = (field: Field) => {
    const value = record[field.name]
    if (field.type === 'instant' && typeof value === 'string') return format.ago(value)
    return fieldUi(field).text({ value, field, model })
  }
  const weeks = pulse ? record[pulse.name] : null
  return (
    <>
      <Monogram name={title} person={isPerson(object)} size="medium" />
      <span className={css.phoneMain}>
        <span className={`${css.phoneTitle} trunc`}>{title}</span>
        <span className={css.phoneLine}>
          {Array.isArray(weeks) && <Pulse weeks={weeks.map(Number)} width={58} height={12} />}
          <span className="trunc">{words.map(text).filter(Boolean).join(', ')}</span>
        </span>
      </span>
      <span className={css.phoneEnd}>
        {figure && <span className={`${css.phoneFigure} num`}>{isEmpty(record[figure.name]) ? '' : text(figure)}</span>}
        {tag && fieldUi(tag).cell({ value: linkless(record[tag.name]), field: tag, model, record })}
      </span>
    </>
  )
}

/** Inside a row that is a link itself there can be no second one. */
function linkless(value: unknown): unknown {
  return value && typeof value === 'object' && 'object' in value ? { ...value, object: undefined } : value
}
