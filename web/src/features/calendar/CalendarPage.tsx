import { useLingui } from '@lingui/react/macro'
import { ActionIcon, Button } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useModel } from '../../api/ModelContext'
import { shortListQuery } from '../../api/queries'
import { linkedList } from '../../fields/link'
import { clock } from '../../kit/date'
import * as format from '../../kit/format'
import { Loading } from '../../kit/Loading'
import { PageHeader } from '../../kit/PageHeader'
import css from './calendar.module.css'
import { daysFrom, startOfWeek } from './week'

const shown = 14

/** Two weeks of mine as an agenda: what is due or begins on each day. */
export function CalendarPage() {
  const { t } = useLingui()
  const navigate = useNavigate()
  const activity = useModel().object('activity')
  const { from } = useSearch({ from: '/workspace/calendar' })
  const start = from && /^\d{4}-\d{2}-\d{2}$/.test(from) ? from : startOfWeek(format.today())
  const end = format.addDays(start, shown)
  const query = useQuery(
    shortListQuery(
      'activity',
      activity?.path ?? '',
      {
        filter: `owner == me() && status != "cancelled" && due_on >= "${start}" && due_on < "${end}"`,
        sort: 'due_on,due_at',
        limit: 500,
        expand: 'about',
      },
      Boolean(activity?.access.read),
    ),
  )
  useEffect(() => {
    document.title = `${t`Calendar`} · Legame`
  }, [t])
  const go = (day: string | undefined) => void navigate({ to: '/calendar', search: { from: day } })
  const items = query.data?.items ?? []
  return (
    <>
      <PageHeader title={t`Calendar`} below={`${format.date(start)} – ${format.date(format.addDays(end, -1))}`}>
        <ActionIcon
          variant="default"
          size={30}
          aria-label={t`Earlier`}
          onClick={() => go(format.addDays(start, -shown))}
        >
          <IconChevronLeft size={16} />
        </ActionIcon>
        <Button variant="default" onClick={() => go(undefined)}>
          {t`Today`}
        </Button>
        <ActionIcon variant="default" size={30} aria-label={t`Later`} onClick={() => go(end)}>
          <IconChevronRight size={16} />
        </ActionIcon>
      </PageHeader>
      <div className={css.page} tabIndex={0} role="region" aria-label={t`Calendar`}>
        {query.isPending ? (
          <Loading rows={10} />
        ) : (
          daysFrom(start, shown).map((day) => {
            const list = items.filter((item) => item.due_on === day)
            return (
              <section key={day} className={css.day} data-today={day === format.today()} data-empty={list.length === 0}>
                <h2 className={css.date}>{format.dateLong(day)}</h2>
                <ul className={css.items}>
                  {list.map((item) => (
                    <li key={item.id} data-done={item.status === 'done'}>
                      <Link to="/o/$path/$id" params={{ path: activity?.path ?? '', id: item.id }} className={css.item}>
                        <span className={`${css.time} num`}>
                          {typeof item.due_at === 'string' ? clock(item.due_at) : t`all day`}
                        </span>
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
                  ))}
                </ul>
              </section>
            )
          })
        )}
      </div>
    </>
  )
}
