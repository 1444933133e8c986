import { Link } from '@tanstack/react-router'
import type { Field, ObjectModel, RecordData } from '../../api/model'
import { useModel } from '../../api/ModelContext'
import { fieldUi } from '../../fields'
import { linked } from '../../fields/link'
import { Monogram } from '../../kit/Monogram'
import { isPerson, titleOf } from '../list/TitleCell'
import css from './related.module.css'

interface Props {
  object: ObjectModel
  record: RecordData
  fields: Field[]
}

/** A small card: name and figure, then the rest in one line. Objects without a name of their own borrow a link's. */
export function RelatedItem({ object, record, fields }: Props) {
  const model = useModel()
  const text = (field: Field) => fieldUi(field).text({ value: record[field.name], field, model })
  // Where the layout names a link first, the record is what it links to: a role in a deal is told by the person.
  const [first] = fields
  const lead = first?.type === 'link' && linked(record[first.name])?.title ? first : undefined
  const title = lead ? text(lead) : titleOf(object, record)
  const figure = fields.find((field) => field.type === 'money')
  const rest = fields.filter(
    (field) =>
      field !== figure &&
      field !== lead &&
      (lead !== undefined || field.name !== object.title) &&
      field.type !== 'counts' &&
      field.type !== 'boolean',
  )
  return (
    <Link to="/o/$path/$id" params={{ path: object.path, id: record.id }} className={css.item}>
      {isPerson(object) && <Monogram name={title} person size="medium" />}
      <span className="grow">
        <span className={css.top}>
          <span className={`${css.title} trunc grow`}>{title}</span>
          {figure && <span className="num strong">{text(figure)}</span>}
        </span>
        <span className={`${css.rest} trunc`}>{rest.map(text).filter(Boolean).slice(0, 3).join(', ')}</span>
      </span>
    </Link>
  )
}
