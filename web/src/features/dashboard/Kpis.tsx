import { plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ObjectModel } from '../../api/model'
import { useModel } from '../../api/ModelContext'
import { reportQuery } from '../../api/queries'
import { withinDays } from '../../kit/date'
import * as format from '../../kit/format'
import { Trouble } from '../../objects/Trouble'
import css from './dashboard.module.css'
import { amountOf, change, sameDaysLastMonth, winRate } from './figures'

/** The four figures one looks for first, each against something. */
export function Kpis({ deal, currency }: { deal: ObjectModel; currency: string }) {
  const { t } = useLingui()
  const zone = useModel().model.workspace.time_zone
  const today = format.today(zone)
  const first = `${today.slice(0, 7)}-01`
  const since = format.addDays(today, -90)
  const before = sameDaysLastMonth(today)
  const open = 'status == "open"'
  const wonNow = `status == "won" && ${withinDays('closed_at', first, today, zone)}`
  const wonBefore = `status == "won" && ${withinDays('closed_at', before.from, before.until, zone)}`
  const closed = `status in ["won", "lost"] && ${withinDays('closed_at', since, today, zone)}`
  const sums = [{ fn: 'count' }, { fn: 'sum', field: 'amount' }]
  const asked = {
    opened: useQuery(
      reportQuery({ object: 'deal', filter: open, measures: [...sums, { fn: 'sum', field: 'weighted' }] }),
    ),
    won: useQuery(reportQuery({ object: 'deal', filter: wonNow, measures: sums })),
    earlier: useQuery(reportQuery({ object: 'deal', filter: wonBefore, measures: sums })),
    closed: useQuery(
      reportQuery({ object: 'deal', filter: closed, group_by: [{ field: 'status' }], measures: [{ fn: 'count' }] }),
    ),
  }
  const opened = asked.opened.data?.rows[0]
  const won = asked.won.data?.rows[0]
  const earlier = asked.earlier.data?.rows[0]
  const rate = winRate(asked.closed.data)
  const money = (value: number) => format.moneyShort({ amount: String(value), currency })
  const growth = change(amountOf(won?.sum_amount), amountOf(earlier?.sum_amount))
  const span = (from: string) => format.dateSpan(from, today)
  const deals = (count: unknown) => plural(Number(count ?? 0), { one: '# deal', other: '# deals' })
  const tiles = [
    {
      label: t`Won this month`,
      known: asked.won.isSuccess && asked.earlier.isSuccess,
      value: money(amountOf(won?.sum_amount)),
      strong: growth === null ? '' : `${growth >= 0 ? '+' : '−'}${format.percent(Math.abs(growth), 0)}`,
      tone: growth === null ? '' : growth >= 0 ? 'up' : 'down',
      note: t`against ${money(amountOf(earlier?.sum_amount))} on the same days of last month`,
      means: t`Amount of deals won, by closing date, ${span(first)}`,
      filter: wonNow,
    },
    {
      label: t`Open`,
      known: asked.opened.isSuccess,
      value: money(amountOf(opened?.sum_amount)),
      strong: '',
      tone: '',
      note: deals(opened?.count),
      means: t`Amount of all open deals, today`,
      filter: open,
    },
    {
      label: t`Open, weighted`,
      known: asked.opened.isSuccess,
      value: money(amountOf(opened?.sum_weighted)),
      strong: '',
      tone: '',
      note: deals(opened?.count),
      means: t`Amount times probability of all open deals, today`,
      filter: open,
    },
    {
      label: t`Win rate, 90 days`,
      known: asked.closed.isSuccess,
      value: rate.rate === null ? '—' : format.percent(rate.rate, 0),
      strong: '',
      tone: '',
      note: rate.rate === null ? t`too few closed deals (${rate.closed})` : t`${rate.won} won of ${rate.closed} closed`,
      means: t`Won / (won + lost), by closing date, ${span(since)}`,
      filter: closed,
    },
  ]
  return (
    <>
      <Trouble of={Object.values(asked)} />
      <div className={css.kpis}>
        {tiles.map((tile) => (
          <Link
            key={tile.label}
            to="/o/$path"
            params={{ path: deal.path }}
            search={{ filter: tile.filter, shape: 'table' }}
            className={css.kpi}
          >
            <span className={css.kpiLabel}>{tile.label}</span>
            <span className={`${css.kpiValue} num`}>{tile.known ? tile.value : '…'}</span>
            {/* What is to come takes its place from the start, so that nothing below it moves away from a click. */}
            <span className={`${css.kpiNote} num`} data-waiting={!tile.known}>
              {tile.strong && <b data-tone={tile.tone}>{tile.strong}</b>} {tile.note}
            </span>
            <span className={`${css.kpiMeans} num`}>{tile.means}</span>
          </Link>
        ))}
      </div>
    </>
  )
}
