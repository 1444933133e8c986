import { plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useModel } from '../../api/ModelContext'
import { type ReportCell, reportQuery } from '../../api/queries'
import { withinDays } from '../../kit/date'
import * as format from '../../kit/format'
import { Trouble } from '../../objects/Trouble'
import css from './today.module.css'

const amount = (cell: ReportCell | undefined, currency: string) =>
  cell && typeof cell === 'object' && 'amount' in cell
    ? format.moneyShort(cell)
    : format.moneyShort({ amount: '0', currency })

const deals = (count: ReportCell | undefined) => plural(Number(count ?? 0), { one: '# deal', other: '# deals' })

/** My open and won deals in figures, by the workspace's days as on the dashboard; each opens the records behind it. */
export function MyNumbers() {
  const { t } = useLingui()
  const model = useModel()
  const deal = model.object('deal')
  const { currency, time_zone: zone } = model.model.workspace
  const today = format.today(zone)
  const enabled = Boolean(deal?.access.read)
  const figure = (filter: string) => ({
    object: 'deal',
    filter,
    measures: [{ fn: 'count' }, { fn: 'sum', field: 'amount' }, { fn: 'sum', field: 'weighted' }],
  })
  const open = 'owner == me() && status == "open"'
  const won = `owner == me() && status == "won" && ${withinDays('closed_at', `${today.slice(0, 7)}-01`, today, zone)}`
  const closing = `${open} && expected_close <= "${format.addDays(today, 14)}"`
  const reports = {
    opened: useQuery(reportQuery(figure(open), enabled)),
    wins: useQuery(reportQuery(figure(won), enabled)),
    closes: useQuery(reportQuery(figure(closing), enabled)),
  }
  const opened = reports.opened.data?.rows[0]
  const wins = reports.wins.data?.rows[0]
  const closes = reports.closes.data?.rows[0]
  if (!deal || !enabled) return null
  const tiles = [
    {
      label: t`Open, weighted`,
      known: reports.opened.isSuccess,
      value: amount(opened?.sum_weighted, currency),
      note: t`${amount(opened?.sum_amount, currency)} in ${deals(opened?.count)}`,
      filter: open,
    },
    {
      label: t`Won this month`,
      known: reports.wins.isSuccess,
      value: amount(wins?.sum_amount, currency),
      note: deals(wins?.count),
      filter: won,
    },
    {
      label: t`To close within 14 days`,
      known: reports.closes.isSuccess,
      value: amount(closes?.sum_amount, currency),
      note: deals(closes?.count),
      filter: closing,
    },
  ]
  return (
    <section aria-label={t`My numbers`}>
      <h2 className={css.group}>{t`My numbers`}</h2>
      <Trouble of={Object.values(reports)} />
      <div className={css.numbers}>
        {tiles.map((tile) => (
          <Link
            key={tile.label}
            to="/o/$path"
            params={{ path: deal.path }}
            search={{ filter: tile.filter, shape: 'table' }}
            className={css.number}
          >
            <span className={css.numberLabel}>{tile.label}</span>
            <span className={`${css.numberValue} num`}>{tile.known ? tile.value : '…'}</span>
            <span className={`${css.numberNote} num`}>{tile.known ? tile.note : '\u00a0'}</span>
          </Link>
        ))}
      </div>
    </section>
  )
}
