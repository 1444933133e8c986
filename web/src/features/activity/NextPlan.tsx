import { Trans } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useModel } from '../../api/ModelContext'
import { recordQuery } from '../../api/queries'
import { askForPlan, useUnplanned } from '../../objects/action/unplanned'
import { titleOf } from '../../objects/list/TitleCell'
import css from './activity.module.css'
import { NextOffer } from './NextOffer'

/** The last thing about a record was just finished here: what comes next is asked in place. */
export function NextPlan() {
  const left = useUnplanned()
  const object = useModel().object(left?.object)
  const query = useQuery({
    ...recordQuery(object?.name ?? '', object?.path ?? '', left?.id ?? ''),
    enabled: Boolean(object && left),
  })
  // An undo, or somebody else, may have given it a plan meanwhile.
  if (!left || !object || !query.data || query.data.next_activity_at) return null
  const title = titleOf(object, query.data)
  return (
    <section className={css.plan} aria-label={title}>
      <p className={css.planText}>
        <Trans>
          Nothing is planned for{' '}
          <Link to="/o/$path/$id" params={{ path: object.path, id: left.id }}>
            {title}
          </Link>{' '}
          now.
        </Trans>
      </p>
      <NextOffer key={left.id} about={left} onClose={() => askForPlan(null)} />
    </section>
  )
}
