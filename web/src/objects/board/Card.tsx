import { Link } from '@tanstack/react-router'
import { memo, useRef } from 'react'
import type { ObjectModel, RecordData } from '../../api/model'
import { useModel } from '../../api/ModelContext'
import { fieldUi } from '../../fields'
import { linked } from '../../fields/link'
import { useDraggable } from '../../kit/drag/useDraggable'
import { Monogram } from '../../kit/Monogram'
import { titleOf } from '../list/TitleCell'
import { useParts, type Zone } from '../Parts'
import css from './board.module.css'
import type { CardFields } from './cardFields'
import { CardMenu } from './CardMenu'
import type { Column } from './columns'

interface Props {
  object: ObjectModel
  record: RecordData
  shown: CardFields
  column: Column
  columns: Column[]
  zones: Zone[]
  /** Too many are marked: the column has said so, the cards need not. */
  quiet: boolean
  peeked: boolean
  onMove: (record: RecordData, column: Column) => void
}

export const Card = memo(function Card({
  object,
  record,
  shown,
  column,
  columns,
  zones,
  quiet,
  peeked,
  onMove,
}: Props) {
  const model = useModel()
  const box = useRef<HTMLDivElement>(null)
  const parts = useParts().of(object.name).board
  const dragging = useDraggable(box, { id: record.id, column: column.key }, object.access.update)
  const text = (field: CardFields['figure']) =>
    field ? fieldUi(field).text({ value: record[field.name], field, model }) : ''
  const Mark = parts?.cardMark
  const Next = parts?.cardNext
  const owner = shown.person && linked(record[shown.person.name])
  const title = titleOf(object, record)
  return (
    <div
      ref={box}
      className={css.card}
      data-card={record.id}
      data-dragging={dragging}
      data-tinted={!quiet && parts?.tint && record[parts.tint.field] === parts.tint.code}
      data-peeked={peeked}
    >
      <Link to="/o/$path/$id" params={{ path: object.path, id: record.id }} className={css.title} draggable={false}>
        {title}
      </Link>
      <div className={css.second}>
        <span className="trunc grow">{text(shown.subtitle)}</span>
        {Mark && <Mark object={object} record={record} group={column.record} />}
      </div>
      <div className={css.third}>
        <span className={`${css.figure} num trunc`}>{text(shown.figure)}</span>
        {shown.others.map((field) => (
          <span key={field.name} className="trunc dim">
            {text(field)}
          </span>
        ))}
        <span className="grow" />
        {Next ? <Next object={object} record={record} /> : <span className="dim num">{text(shown.when)}</span>}
        {owner?.title && (
          <span title={owner.title}>
            <Monogram name={owner.title} person />
            <span className="hidden-label">{owner.title}</span>
          </span>
        )}
      </div>
      <span className={css.more}>
        <CardMenu
          object={object}
          record={record}
          title={title}
          column={column}
          columns={columns}
          zones={zones}
          onMove={onMove}
        />
      </span>
    </div>
  )
})
