import { useLingui } from '@lingui/react/macro'
import { ActionIcon, Button } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useDrops } from '../../kit/drag/useDrops'
import * as format from '../../kit/format'
import { useShortcuts } from '../../kit/keyboard'
import { Loading } from '../../kit/Loading'
import { PageHeader } from '../../kit/PageHeader'
import { Segmented } from '../../kit/Segmented'
import { usePhone } from '../../kit/useMedia'
import { Locked } from '../../objects/Locked'
import { Trouble } from '../../objects/Trouble'
import { Agenda } from './Agenda'
import css from './calendar.module.css'
import { Month } from './Month'
import { rangeOf, type Shape, shapes } from './range'
import { TimeGrid } from './TimeGrid'
import { useCalendar } from './useCalendar'

/** My days: by the hour, the week, the month, or as a list. A phone begins with the list. */
export function CalendarPage() {
  const { t } = useLingui()
  const navigate = useNavigate()
  const phone = usePhone()
  const area = useRef<HTMLDivElement>(null)
  const search = useSearch({ from: '/workspace/calendar' })
  const shape = shapes.find((known) => known === search.shape) ?? (phone ? 'agenda' : 'week')
  const given = search.from && /^\d{4}-\d{2}-\d{2}$/.test(search.from) ? search.from : undefined
  const { days, day, earlier, later } = rangeOf(shape, given)
  const { object, query, items, move } = useCalendar(days)
  const go = (from: string | undefined, next: Shape = shape) =>
    void navigate({ to: '/calendar', search: { from, shape: next } })
  const turn = (next: Shape) => go(given, next)

  useEffect(() => {
    document.title = `${t`Calendar`} · Legame`
  }, [t])
  useDrops(area, {
    onStart: () => undefined,
    onEnd: (source, target) => {
      const item = items.find((candidate) => candidate.id === source.activity)
      if (item && typeof target?.day === 'string') void move(item, target.day)
    },
  })
  useShortcuts(t`Calendar`, [
    { keys: 'd', label: t`Day`, run: () => turn('day') },
    { keys: 'w', label: t`Week`, run: () => turn('week') },
    { keys: 'm', label: t`Month`, run: () => turn('month') },
    { keys: 'a', label: t`Agenda`, run: () => turn('agenda') },
    { keys: 't', label: t`Today`, run: () => go(undefined) },
    { keys: 'j', label: t`Later`, run: () => go(later) },
    { keys: 'k', label: t`Earlier`, run: () => go(earlier) },
  ])

  const names: Record<Shape, string> = { day: t`Day`, week: t`Week`, month: t`Month`, agenda: t`Agenda` }
  const last = days.at(-1) ?? day
  const below =
    shape === 'day'
      ? format.dateLong(day)
      : shape === 'month'
        ? format.monthLong(day)
        : `${format.date(day)} – ${format.date(last)}`
  const open = (to: string) => go(to, 'day')
  const onMove = (item: (typeof items)[number], to: string) => {
    void move(item, to).then(() =>
      requestAnimationFrame(() => area.current?.querySelector<HTMLElement>(`[data-activity="${item.id}"]`)?.focus()),
    )
  }
  const offered = shapes.filter((known) => !phone || known !== 'week')
  return (
    <>
      <PageHeader title={t`Calendar`} below={below}>
        <Segmented
          label={t`Shown as`}
          value={shape}
          onChange={turn}
          choices={offered.map((value) => ({ value, label: names[value] }))}
        />
        <span className="row">
          <ActionIcon variant="default" size={30} aria-label={t`Earlier`} onClick={() => go(earlier)}>
            <IconChevronLeft size={16} />
          </ActionIcon>
          <Button variant="default" onClick={() => go(undefined)}>
            {t`Today`}
          </Button>
          <ActionIcon variant="default" size={30} aria-label={t`Later`} onClick={() => go(later)}>
            <IconChevronRight size={16} />
          </ActionIcon>
        </span>
      </PageHeader>
      <div ref={area} className={css.page} tabIndex={0} role="region" aria-label={t`Calendar`}>
        {!object?.access.read && <Locked />}
        {query.isLoading && <Loading rows={10} />}
        <Trouble of={[query]} />
        {query.isSuccess && shape === 'agenda' && <Agenda days={days} items={items} />}
        {query.isSuccess && shape === 'month' && (
          <Month days={days} month={day} items={items} onMove={onMove} onOpen={open} />
        )}
        {query.isSuccess && (shape === 'day' || shape === 'week') && (
          <TimeGrid days={days} items={items} area={area} onMove={onMove} onOpen={open} />
        )}
      </div>
    </>
  )
}
