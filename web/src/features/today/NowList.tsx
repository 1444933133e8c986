import { useLingui } from '@lingui/react/macro'
import { IconMoodSmile } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useModel } from '../../api/ModelContext'
import { shortListQuery } from '../../api/queries'
import { daysFromToday } from '../../kit/format'
import { EmptyState } from '../../kit/EmptyState'
import { Loading } from '../../kit/Loading'
import { problemText } from '../../objects/problem'
import { NoPlan } from './NoPlan'
import { NowItem } from './NowItem'
import css from './today.module.css'
import { mineOpen } from './waiting'

/** My open activities: overdue, today, the next seven days. An empty list says so unless something else stands above. */
export function NowList({ alone }: { alone: boolean }) {
  const { t } = useLingui()
  const activity = useModel().object('activity')
  const query = useQuery(
    shortListQuery(
      'activity',
      activity?.path ?? 'activities',
      { filter: `${mineOpen} && due_on <= today() + days(7)`, sort: 'due_on,due_at', limit: 200, expand: 'about' },
      Boolean(activity?.access.read),
    ),
  )
  if (!activity?.access.read) return <EmptyState icon={<IconMoodSmile size={20} />} title={t`Nothing to do here`} />
  if (query.isPending) return <Loading rows={10} />
  if (query.isError)
    return (
      <EmptyState
        icon={<IconMoodSmile size={20} />}
        title={t`The list could not be read`}
        text={problemText(query.error)}
      />
    )
  const items = query.data.items
  const late = items.filter((item) => item.status === 'overdue' || days(item.due_on) < 0)
  const now = items.filter((item) => !late.includes(item) && days(item.due_on) === 0)
  const soon = items.filter((item) => !late.includes(item) && !now.includes(item))
  const groups = [
    { name: 'late', label: t`Overdue`, items: late },
    { name: 'now', label: t`Today`, items: now },
    { name: 'soon', label: t`Next 7 days`, items: soon },
  ].filter((group) => group.items.length > 0)
  if (groups.length === 0) {
    if (!alone) return null
    return (
      <EmptyState
        icon={<IconMoodSmile size={20} />}
        title={t`All done`}
        text={t`Nothing is due today or in the next seven days. What you plan on a deal or a contact appears here.`}
        action={<NoPlan />}
      />
    )
  }
  return (
    <>
      {groups.map((group) => (
        <section key={group.name} aria-label={group.label}>
          <h2 className={css.group} data-late={group.name === 'late'}>
            {group.label} <span className="num">{group.items.length}</span>
          </h2>
          <ul className={css.items}>
            {group.items.map((item) => (
              <NowItem key={item.id} activity={item} path={activity.path} />
            ))}
          </ul>
        </section>
      ))}
    </>
  )
}

const days = (value: unknown) => (typeof value === 'string' ? daysFromToday(value) : 1)
