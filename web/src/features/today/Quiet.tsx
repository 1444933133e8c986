import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useModel } from '../../api/ModelContext'
import { shortListQuery } from '../../api/queries'
import * as format from '../../kit/format'
import { Monogram } from '../../kit/Monogram'
import { Pulse } from '../../kit/Pulse'
import { allOf } from '../../objects/filter/expression'
import { titleOf } from '../../objects/list/TitleCell'
import css from './today.module.css'

/** My accounts that were busy and have fallen silent, by the view that ships with companies. */
export function Quiet() {
  const { t } = useLingui()
  const company = useModel().object('company')
  const view = company?.views.find((candidate) => candidate.name === 'going_quiet')
  const filter = allOf('owner == me()', view?.filter)
  const query = useQuery(
    shortListQuery(
      'company',
      company?.path ?? '',
      { filter, sort: 'last_touch_at', limit: 5 },
      Boolean(company?.access.read && view),
    ),
  )
  const items = query.data?.items ?? []
  if (!company || !view || items.length === 0) return null
  return (
    <section aria-label={view.label}>
      <h2 className={css.group}>{view.label}</h2>
      <ul className={css.quiet}>
        {items.map((item) => (
          <li key={item.id}>
            <Link to="/o/$path/$id" params={{ path: company.path, id: item.id }} className={css.quietItem}>
              <Monogram name={titleOf(company, item)} />
              <span className="grow">
                <span className={`${css.subject} trunc`}>{titleOf(company, item)}</span>
                {typeof item.last_touch_at === 'string' && (
                  <span className={`${css.about} num`}>{t`Last touch: ${format.ago(item.last_touch_at)}`}</span>
                )}
              </span>
              {Array.isArray(item.pulse) && <Pulse weeks={item.pulse.map(Number)} width={72} height={18} />}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
