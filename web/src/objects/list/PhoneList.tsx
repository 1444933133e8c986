import { Link } from '@tanstack/react-router'
import type { Field, ObjectModel, RecordData } from '../../api/model'
import { useModel } from '../../api/ModelContext'
import { fieldUi } from '../../fields'
import { isEmpty } from '../../fields/ui'
import * as format from '../../kit/format'
import { PlainList } from '../../kit/grid/PlainList'
import { Monogram } from '../../kit/Monogram'
import { Pulse } from '../../kit/Pulse'
import css from './list.module.css'
import { isPerson, titleOf } from './TitleCell'

interface Props {
  object: ObjectModel
  fields: Field[]
  rows: RecordData[]
  onNearEnd: () => void
}

/** Two lines a record: name and what is behind it; the figure and the tag at the end. */
export function PhoneList({ object, fields, rows, onNearEnd }: Props) {
  const others = fields.filter((field) => field.name !== object.title)
  const figure = others.find((field) => field.type === 'money') ?? others.find((field) => fieldUi(field).end)
  const tag =
    others.find((field) => field.emphasis || field.type === 'choice') ?? others.find((field) => field.type === 'link')
  const pulse = object.fields.find((field) => field.type === 'counts' && fields.includes(field))
  const words = others
    .filter((field) => field !== figure && field !== tag && field !== pulse && field.type !== 'counts')
    .slice(0, 2)
  return (
    <PlainList
      label={object.label_plural}
      rows={rows}
      keyOf={(row) => row.id}
      size={60}
      onNearEnd={onNearEnd}
      render={(record) => (
        <PhoneRow object={object} record={record} figure={figure} tag={tag} pulse={pulse} words={words} />
      )}
    />
  )
}

interface RowProps {
  object: ObjectModel
  record: RecordData
  figure?: Field
  tag?: Field
  pulse?: Field
  words: Field[]
}

function PhoneRow({ object, record, figure, tag, pulse, words }: RowProps) {
  const model = useModel()
  const title = titleOf(object, record)
  const text = (field: Field) => {
    const value = record[field.name]
    if (field.type === 'instant' && typeof value === 'string') return format.ago(value)
    return fieldUi(field).text({ value, field, model })
  }
  const weeks = pulse ? record[pulse.name] : null
  return (
    <Link to="/o/$path/$id" params={{ path: object.path, id: record.id }} className={css.phoneRow}>
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
    </Link>
  )
}

/** Inside a row that is a link itself there can be no second one. */
function linkless(value: unknown): unknown {
  return value && typeof value === 'object' && 'object' in value ? { ...value, object: undefined } : value
}
