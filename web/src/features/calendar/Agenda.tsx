import { useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import type { RecordData } from '../../api/model'
import { useModel } from '../../api/ModelContext'
import { linkedList } from '../../fields/link'
import { clock } from '../../kit/date'
import * as format from '../../kit/format'
import css from './calendar.module.css'
import { beginsAt } from './useCalendar'

/** Day by day what is due or begins, with what it is about. */
export function Agenda({ days, items }: { days: string[]; items: RecordData[] }) {
  const { t } = useLingui()
  const activity = useModel().object('activity')
  return days.map((day) => {
    const list = items.filter((item) => item.due_on === day)
    return (
      <section key={day} className={css.day} data-today={day === format.today()} data-empty={list.length === 0}>
        <h2 className={css.date}>{format.dateLong(day)}</h2>
        <ul className={css.items}>
          {list.map((item) => {
            const at = beginsAt(item)
            return (
              <li key={item.id} data-done={item.status === 'done'}>
                <Link to="/o/$path/$id" params={{ path: activity?.path ?? '', id: item.id }} className={css.line}>
                  <span className={`${css.at} num`}>{at ? clock(at) : t`all day`}</span>
                  <span className={`${css.subject} trunc`}>{String(item.subject ?? '')}</span>
                  <span className="dim trunc">
                    {linkedList(item.about)
                      .filter((about) => about.via !== 'derived')
                      .map((about) => about.title)
                      .filter(Boolean)
                      .join(', ')}
                  </span>
                </Link>
              </li>
            )
          })}
        </ul>
      </section>
    )
  })
}
