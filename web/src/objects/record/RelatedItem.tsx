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
  const ownTitle = titleOf(object, record)
  const borrowed = fields.find((field) => field.type === 'link' && linked(record[field.name])?.title)
  const title = ownTitle !== '—' && !/^[0-9a-f-]{36}$/.test(ownTitle) ? ownTitle : borrowed ? text(borrowed) : ownTitle
  const figure = fields.find((field) => field.type === 'money')
  const rest = fields.filter(
    (field) =>
      field !== figure &&
      field.name !== object.title &&
      !(field === borrowed && title !== ownTitle) &&
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
