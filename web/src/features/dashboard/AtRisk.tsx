import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ObjectModel } from '../../api/model'
import { shortListQuery } from '../../api/queries'
import { linked } from '../../fields/link'
import { isMoney } from '../../fields/money'
import * as format from '../../kit/format'
import { Loading } from '../../kit/Loading'
import { Trouble } from '../../objects/Trouble'
import css from './dashboard.module.css'

const atRisk = 'status == "open" && temperature == "rotten"'

/** The dearest of those that stand still. */
export function AtRisk({ deal }: { deal: ObjectModel }) {
  const { t } = useLingui()
  const query = useQuery(
    shortListQuery('deal', deal.path, { filter: atRisk, sort: '-amount', limit: 6, expand: 'company' }),
  )
  const items = query.data?.items ?? []
  return (
    <section className={css.tile} aria-labelledby="at-risk">
      <div className={css.tileHead}>
        <div className="grow">
          <h2 id="at-risk" className={css.tileTitle}>
            {t`Deals at risk`}
          </h2>
          <p className={css.sentence}>{t`Far over the usual time in their stage, or silent with nothing planned.`}</p>
        </div>
        <Link
          to="/o/$path"
          params={{ path: deal.path }}
          search={{ filter: atRisk, sort: '-amount', shape: 'table' }}
          className={css.all}
        >
          {t`See all`}
        </Link>
      </div>
      <Trouble of={[query]} />
      {query.isLoading && <Loading rows={5} />}
      <ul className={css.risks}>
        {items.map((item) => {
          const days = typeof item.stage_since === 'string' ? -format.daysFromToday(item.stage_since) : null
          return (
            <li key={item.id}>
              <Link to="/o/$path/$id" params={{ path: deal.path, id: item.id }} className={css.risk}>
                <span className="grow">
                  <span className={`${css.riskName} trunc`}>{String(item[deal.title] ?? '')}</span>
                  <span className="dim trunc">{linked(item.company)?.title}</span>
                </span>
                <span className="num">{isMoney(item.amount) && format.money(item.amount)}</span>
                {days !== null && <span className={`${css.days} num`}>{t`${days} d`}</span>}
              </Link>
            </li>
          )
        })}
      </ul>
      {query.isSuccess && items.length === 0 && <p className="dim">{t`None stands still for too long.`}</p>}
    </section>
  )
}
