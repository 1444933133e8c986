import { Plural } from '@lingui/react/macro'
import { useRef } from 'react'
import type { RecordData } from '../../api/model'
import { useDropTarget } from '../../kit/drag/useDropTarget'
import * as format from '../../kit/format'
import css from './calendar.module.css'
import { DayHead } from './DayHead'
import { Item } from './Item'

interface Props {
  days: string[]
  month: string
  items: RecordData[]
  onMove: (item: RecordData, day: string) => void
  onOpen: (day: string) => void
}

const most = 4

/** Whole weeks of a month; what does not fit is one click away. */
export function Month({ days, month, items, onMove, onOpen }: Props) {
  return (
    <div className={css.month}>
      {days.slice(0, 7).map((day) => (
        <div key={day} className={css.weekday} aria-hidden>
          {format.weekday(day)}
        </div>
      ))}
      {days.map((day) => (
        <Cell
          key={day}
          day={day}
          outside={day.slice(0, 7) !== month.slice(0, 7)}
          items={items.filter((item) => item.due_on === day)}
          onMove={onMove}
          onOpen={onOpen}
        />
      ))}
    </div>
  )
}

interface CellProps extends Omit<Props, 'days' | 'month'> {
  day: string
  outside: boolean
}

function Cell({ day, outside, items, onMove, onOpen }: CellProps) {
  const box = useRef<HTMLElement>(null)
  const over = useDropTarget(box, { day })
  const rest = items.length - most
  return (
    <section
      ref={box}
      className={css.cell}
      aria-label={format.dateLong(day)}
      data-outside={outside}
      data-over={over}
      data-empty={items.length === 0}
    >
      <DayHead day={day} label={String(Number(day.slice(8)))} onOpen={onOpen} />
      {items.slice(0, most).map((item) => (
        <Item key={item.id} item={item} onMove={onMove} />
      ))}
      {rest > 0 && (
        <button type="button" className={css.more} onClick={() => onOpen(day)}>
          <Plural value={rest} one="# more" other="# more" />
        </button>
      )}
    </section>
  )
}
