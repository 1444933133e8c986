import type { ObjectModel, RecordData } from '../../api/model'
import { Monogram } from '../../kit/Monogram'
import css from './list.module.css'

/** People are objects whose name is a person's; their monograms are round. */
export function isPerson(object: ObjectModel): boolean {
  return object.fields.some((field) => field.name === object.title && field.type === 'person_name')
}

export function titleOf(object: ObjectModel, record: RecordData): string {
  const title = record[object.title]
  return title === null || title === undefined || title === '' ? '—' : String(title)
}

export function TitleCell({ object, record }: { object: ObjectModel; record: RecordData }) {
  const title = titleOf(object, record)
  return (
    <span className="row">
      <Monogram name={title} person={isPerson(object)} />
      <a className={`${css.title} trunc`} href={`/o/${object.path}/${record.id}`} tabIndex={-1}>
        {title}
      </a>
    </span>
  )
}
