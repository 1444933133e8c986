import { useLingui } from '@lingui/react/macro'
import { type RefObject, useEffect, useRef } from 'react'
import type { RecordData } from '../../api/model'
import { clock } from '../../kit/date'
import { useDropTarget } from '../../kit/drag/useDropTarget'
import * as format from '../../kit/format'
import css from './calendar.module.css'
import { DayHead } from './DayHead'
import { Item } from './Item'
import { placeInLanes } from './lanes'
import { beginsAt } from './useCalendar'

interface Props {
  days: string[]
  items: RecordData[]
  area: RefObject<HTMLDivElement | null>
  onMove: (item: RecordData, day: string) => void
  onOpen: (day: string) => void
}

const hourHeight = 44
const firstHour = 7
const shortest = 30

/** A day or a week by the hour; what is due by day alone stands above. */
export function TimeGrid({ days, items, area, onMove, onOpen }: Props) {
  const { t } = useLingui()
  useEffect(() => {
    area.current?.scrollTo({ top: firstHour * hourHeight })
  }, [area])
  const columns = { gridTemplateColumns: `52px repeat(${days.length}, minmax(0, 1fr))` }
  return (
    <>
      <div className={css.heads} style={columns}>
        <span className={css.allDay}>{t`all day`}</span>
        {days.map((day) => (
          <AllDay
            key={day}
            day={day}
            items={items.filter((item) => item.due_on === day && !beginsAt(item))}
            onMove={onMove}
            onOpen={onOpen}
          />
        ))}
      </div>
      <div className={css.hours} style={{ ...columns, height: 24 * hourHeight }}>
        <div aria-hidden>
          {Array.from({ length: 24 }, (_, hour) => (
            <span key={hour} className={`${css.hour} num`} style={{ height: hourHeight }}>
              {hour > 0 && `${String(hour).padStart(2, '0')}:00`}
            </span>
          ))}
        </div>
        {days.map((day) => (
          <Column key={day} day={day} items={items.filter((item) => item.due_on === day)} onMove={onMove} />
        ))}
      </div>
    </>
  )
}

type DayProps = Omit<Props, 'days' | 'area' | 'onOpen'> & { day: string }

function AllDay({ day, items, onMove, onOpen }: DayProps & Pick<Props, 'onOpen'>) {
  const box = useRef<HTMLDivElement>(null)
  const over = useDropTarget(box, { day })
  return (
    <div ref={box} className={css.allDayCell} data-over={over}>
      <DayHead day={day} label={`${format.weekday(day)} ${Number(day.slice(8))}`} onOpen={onOpen} />
      {items.map((item) => (
        <Item key={item.id} item={item} onMove={onMove} />
      ))}
    </div>
  )
}

function Column({ day, items, onMove }: DayProps) {
  const box = useRef<HTMLElement>(null)
  const over = useDropTarget(box, { day })
  const minutes = (instant: string) => {
    const [hour = 0, minute = 0] = clock(instant).split(':').map(Number)
    return hour * 60 + minute
  }
  const spans = items.flatMap((item) => {
    const at = beginsAt(item)
    if (!at) return []
    const from = minutes(at)
    const length = typeof item.duration_minutes === 'number' ? item.duration_minutes : shortest
    return [{ id: item.id, from, until: Math.min(24 * 60, from + Math.max(shortest, length)) }]
  })
  return (
    <section ref={box} className={css.column} aria-label={format.dateLong(day)} data-over={over}>
      {placeInLanes(spans).map((span) => {
        const item = items.find((candidate) => candidate.id === span.id)
        const width = 100 / span.lanes
        return (
          item && (
            <Item
              key={span.id}
              item={item}
              onMove={onMove}
              style={{
                position: 'absolute',
                top: (span.from / 60) * hourHeight,
                height: ((span.until - span.from) / 60) * hourHeight - 2,
                insetInlineStart: `${span.lane * width}%`,
                width: `calc(${width}% - 2px)`,
              }}
            />
          )
        )
      })}
    </section>
  )
}
