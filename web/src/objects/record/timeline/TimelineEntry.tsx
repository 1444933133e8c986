import { IconArrowRight, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react'
import type { ObjectModel, RecordData } from '../../../api/model'
import type { TimelineItem } from '../../../api/timeline'
import { useParts } from '../../Parts'
import { ChangeLine } from './ChangeLine'
import css from './timeline.module.css'

interface Props {
  object: ObjectModel
  record: RecordData
  item: TimelineItem
}

/** An activity is a card; anything else is a line. A kind we do not know still has its title. */
export function TimelineEntry({ object, record, item }: Props) {
  const ActivityCard = useParts().activityCard
  if (item.activity && ActivityCard) {
    return (
      <li className={css.entry}>
        <ActivityCard activity={item.activity} by={item.actor?.name ?? undefined} />
      </li>
    )
  }
  return (
    <li className={css.entry}>
      <span className={css.mark} aria-hidden>
        <Mark kind={item.kind} moved={Boolean(item.changes?.[0])} />
      </span>
      <ChangeLine object={object} record={record} item={item} />
    </li>
  )
}

function Mark({ kind, moved }: { kind: string; moved: boolean }) {
  if (kind.endsWith('created')) return <IconPlus size={14} />
  if (kind.endsWith('deleted')) return <IconTrash size={14} />
  return moved ? <IconArrowRight size={14} /> : <IconPencil size={14} />
}
