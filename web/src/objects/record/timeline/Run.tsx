import { Plural, Trans } from '@lingui/react/macro'
import { IconPencil } from '@tabler/icons-react'
import type { ObjectModel, RecordData } from '../../../api/model'
import type { TimelineItem } from '../../../api/timeline'
import { Fold } from '../../../kit/Fold'
import { ChangeLine } from './ChangeLine'
import css from './timeline.module.css'

/** Many small changes in a row by one person: one line, opened on demand. */
export function Run({ object, record, items }: { object: ObjectModel; record: RecordData; items: TimelineItem[] }) {
  const who = items[0]?.actor?.name ?? 'Legame'
  const count = items.length
  return (
    <li className={css.entry}>
      <span className={css.mark} aria-hidden>
        <IconPencil size={14} />
      </span>
      <div className={css.line}>
        <Fold
          label={
            <span>
              <b className={css.who}>{who}</b> <Trans>made</Trans>{' '}
              <Plural value={count} one="# change" other="# changes" />
            </span>
          }
        >
          {items.map((item) => (
            <ChangeLine key={item.id} object={object} record={record} item={item} />
          ))}
        </Fold>
      </div>
    </li>
  )
}
