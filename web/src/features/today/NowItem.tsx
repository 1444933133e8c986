import { useLingui } from '@lingui/react/macro'
import { ActionIcon, Menu } from '@mantine/core'
import {
  IconCalendarEvent,
  IconCheck,
  IconClockPause,
  IconMail,
  IconMessage,
  IconNote,
  IconPhone,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { RecordData } from '../../api/model'
import { useModel } from '../../api/ModelContext'
import { linkedList, recordHref } from '../../fields/link'
import { clock } from '../../kit/date'
import * as format from '../../kit/format'
import type { IconType } from '../../kit/icons'
import { MenuButton } from '../../kit/opens'
import css from './today.module.css'
import { useToday } from './useToday'

/** One thing to do: finished or put off without leaving the page. */
export function NowItem({ activity, path }: { activity: RecordData; path: string }) {
  const { t } = useLingui()
  const model = useModel()
  const { complete, snooze } = useToday()
  const subject = String(activity.subject ?? '')
  const about = linkedList(activity.about).filter((item) => item.title && item.via !== 'derived')
  const due = typeof activity.due_on === 'string' ? activity.due_on : null
  const days = due ? format.daysFromToday(due) : 0
  const late = -days
  const when = typeof activity.due_at === 'string' ? clock(activity.due_at) : ''
  const choices = [
    { label: t`Tomorrow`, day: format.addDays(format.today(), 1) },
    { label: t`In 3 days`, day: format.addDays(format.today(), 3) },
    { label: t`In a week`, day: format.addDays(format.today(), 7) },
  ]
  const Icon = kindIcons[String(activity.kind)] ?? IconCheck
  return (
    <li className={css.item}>
      <button
        type="button"
        className={css.done}
        aria-label={t`Mark “${subject}” done`}
        onClick={() => void complete(activity)}
      >
        <IconCheck size={14} />
      </button>
      <Icon size={16} className={css.kind} aria-hidden />
      <span className="grow">
        <Link to="/o/$path/$id" params={{ path, id: activity.id }} className={`${css.subject} trunc`}>
          {subject}
        </Link>
        {about.length > 0 && (
          <span className={`${css.about} trunc`}>
            {about.slice(0, 2).map((item, at) => {
              const href = recordHref(model, item.object, item.id)
              return (
                <span key={item.id}>
                  {at > 0 && ', '}
                  {href ? (
                    <Link to={href as '/'} className="quiet-link">
                      {item.title}
                    </Link>
                  ) : (
                    item.title
                  )}
                </span>
              )
            })}
          </span>
        )}
      </span>
      <span className={`${css.due} num`} data-late={days < 0}>
        {days < 0 ? t`${late} d overdue` : days === 0 ? when || t`Today` : due && format.date(due)}
      </span>
      <MenuButton
        position="bottom-end"
        target={
          <ActionIcon aria-label={t`Put off “${subject}”`}>
            <IconClockPause size={16} />
          </ActionIcon>
        }
      >
        <Menu.Label>{t`Put off until`}</Menu.Label>
        {choices.map((choice) => (
          <Menu.Item key={choice.day} onClick={() => void snooze(activity, choice.day)}>
            {choice.label}
          </Menu.Item>
        ))}
      </MenuButton>
    </li>
  )
}

const kindIcons: Record<string, IconType> = {
  call: IconPhone,
  meeting: IconCalendarEvent,
  email: IconMail,
  letter: IconMail,
  message: IconMessage,
  note: IconNote,
}
