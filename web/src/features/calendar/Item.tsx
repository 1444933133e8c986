import { useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { type CSSProperties, type KeyboardEvent, useRef } from 'react'
import type { RecordData } from '../../api/model'
import { useModel } from '../../api/ModelContext'
import { optionOf } from '../../fields/choice'
import { clock } from '../../kit/date'
import * as format from '../../kit/format'
import { useDraggable } from '../../kit/drag/useDraggable'
import css from './calendar.module.css'
import { beginsAt } from './useCalendar'

interface Props {
  item: RecordData
  style?: CSSProperties
  onMove: (item: RecordData, day: string) => void
}

const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }

/** One activity in a day: opened by a click, moved by dragging it or by Alt and an arrow. */
export function Item({ item, style, onMove }: Props) {
  const { t } = useLingui()
  const box = useRef<HTMLAnchorElement>(null)
  const model = useModel()
  const object = model.object('activity')
  const kind = model.field('activity', 'kind')
  const dragging = useDraggable(box, { activity: item.id }, object?.access.update ?? false)
  const at = beginsAt(item)
  const hue = kind ? optionOf(String(item.kind), kind, model).hue : undefined

  function onKeyDown(event: KeyboardEvent): void {
    const step = steps[event.key]
    if (!event.altKey || step === undefined || typeof item.due_on !== 'string') return
    event.preventDefault()
    onMove(item, format.addDays(item.due_on, step))
  }

  return (
    <Link
      ref={box}
      to="/o/$path/$id"
      params={{ path: object?.path ?? '', id: item.id }}
      className={css.item}
      style={style}
      data-hue={hue ?? 'slate'}
      data-activity={item.id}
      data-status={String(item.status)}
      data-dragging={dragging || undefined}
      title={t`Alt and an arrow moves it by a day or a week`}
      onKeyDown={onKeyDown}
    >
      {at && <span className={`${css.time} num`}>{clock(at)}</span>}
      <span className="trunc">{String(item.subject ?? '')}</span>
    </Link>
  )
}
