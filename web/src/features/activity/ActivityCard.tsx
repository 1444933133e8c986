import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { IconCheck, IconPin, IconPinFilled } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { type RecordData } from '../../api/model'
import { useModel } from '../../api/ModelContext'
import { fieldUi } from '../../fields'
import { linked, linkedList, recordHref } from '../../fields/link'
import * as format from '../../kit/format'
import css from './activity.module.css'
import { lookOf } from './kinds'
import { Markdown } from './markdown/Markdown'
import { useActivity } from './useActivity'

/** Something done or planned, as a card of the timeline. */
export function ActivityCard({ activity, by }: { activity: RecordData; by?: string }) {
  const { t } = useLingui()
  const model = useModel()
  const { object, complete, pin } = useActivity()
  const { Icon, hue } = lookOf(activity.kind)
  const text = (name: string) => {
    const field = model.field('activity', name)
    return field ? fieldUi(field).text({ value: activity[name], field, model }) : ''
  }
  const done = typeof activity.done_at === 'string' ? activity.done_at : null
  const due = typeof activity.due_on === 'string' ? activity.due_on : null
  const open = activity.status === 'open' || activity.status === 'overdue'
  const minutes = typeof activity.duration_minutes === 'number' ? t`${activity.duration_minutes} min` : ''
  const facts = [linked(activity.owner)?.title ?? by, minutes, text('outcome'), text('direction')].filter(Boolean)
  const about = linkedList(activity.about).filter((item) => item.title && item.via !== 'derived')
  const when = done ?? due
  return (
    <>
      <span className={css.mark} data-hue={hue} aria-hidden>
        <Icon size={15} />
      </span>
      <article className={css.card}>
        <div className="row">
          <h3 className={`${css.title} trunc grow`}>
            {object ? (
              <Link to="/o/$path/$id" params={{ path: object.path, id: activity.id }} className={css.link}>
                {String(activity.subject ?? text('kind'))}
              </Link>
            ) : (
              String(activity.subject ?? '')
            )}
          </h3>
          {object?.access.update ? (
            <button
              type="button"
              className={css.pin}
              aria-pressed={activity.pinned === true}
              aria-label={activity.pinned === true ? t`Unpin` : t`Pin on top`}
              onClick={() => void pin(activity, activity.pinned !== true)}
            >
              {activity.pinned === true ? <IconPinFilled size={14} /> : <IconPin size={14} />}
            </button>
          ) : (
            activity.pinned === true && <IconPinFilled size={14} role="img" aria-label={t`Pinned`} />
          )}
          {when && (
            <time
              className={`${css.when} num`}
              dateTime={when}
              data-late={activity.status === 'overdue'}
              title={done ? format.instant(done) : format.dateLong(when)}
            >
              {done && format.daysFromToday(done) >= -1 ? format.time(done) : format.date(when)}
            </time>
          )}
        </div>
        {(facts.length > 0 || about.length > 0) && (
          <div className={css.facts}>
            {facts.join(' · ')}
            {about.map((item) => {
              const href = recordHref(model, item.object, item.id)
              return (
                href && (
                  <span key={item.id}>
                    {' · '}
                    <Link to={href as '/'} className={css.link}>
                      {item.title}
                    </Link>
                  </span>
                )
              )
            })}
          </div>
        )}
        {typeof activity.body === 'string' && activity.body && <Markdown text={activity.body} />}
        {open && object?.access.update && (
          <Button
            mt={8}
            variant="default"
            leftSection={<IconCheck size={14} />}
            onClick={() => void complete(activity)}
          >
            {t`Mark done`}
          </Button>
        )}
      </article>
    </>
  )
}
