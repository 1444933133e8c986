import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import type { ObjectModel } from '../../api/model'
import { useModel } from '../../api/ModelContext'
import { reportQuery } from '../../api/queries'
import { Chart, type Ink } from '../../kit/chart/Chart'
import { startOf, withinDays } from '../../kit/date'
import * as format from '../../kit/format'
import { byMonth, lastMonths } from './figures'
import { Tile } from './Tile'

const count = 12

export function WonByMonth({ deal, currency }: { deal: ObjectModel; currency: string }) {
  const { t } = useLingui()
  const navigate = useNavigate()
  const zone = useModel().model.workspace.time_zone
  const today = format.today(zone)
  const months = useMemo(() => lastMonths(today, count), [today])
  const report = useQuery(
    reportQuery({
      object: 'deal',
      filter: `status == "won" && closed_at >= ${startOf(months[0] ?? today, zone)}`,
      group_by: [{ field: 'closed_at', bucket: 'month' }],
      measures: [{ fn: 'count' }, { fn: 'sum', field: 'amount' }],
    }),
  )
  const sums = useMemo(() => byMonth(report.data, 'closed_at', 'sum_amount', months), [report.data, months])
  const counts = useMemo(() => byMonth(report.data, 'closed_at', 'count', months), [report.data, months])
  const money = useCallback((value: number) => format.moneyShort({ amount: String(value), currency }), [currency])
  const total = sums.reduce((sum, value) => sum + value, 0)
  const best = months[sums.indexOf(Math.max(...sums))] ?? today
  const option = useCallback(
    (ink: Ink) => ({
      xAxis: { type: 'category', data: months.map((month) => format.month(month)) },
      yAxis: { type: 'value', axisLabel: { color: ink.ink3, formatter: money } },
      series: [
        {
          type: 'bar',
          barWidth: '56%',
          data: sums,
          itemStyle: { color: ink.brand, borderRadius: [3, 3, 0, 0] },
          tooltip: {
            formatter: (point: { dataIndex: number }) =>
              `${format.month(months[point.dataIndex] ?? today)}: ${money(sums[point.dataIndex] ?? 0)}`,
          },
        },
      ],
    }),
    [months, sums, money, today],
  )
  const open = (at: number) => {
    const from = months[at] ?? today
    const until = format.addDays(months[at + 1] ?? format.addDays(today, 1), -1)
    void navigate({
      to: '/o/$path',
      params: { path: deal.path },
      search: { filter: `status == "won" && ${withinDays('closed_at', from, until, zone)}`, shape: 'table' },
    })
  }
  const bestMonth = format.month(best)
  return (
    <Tile
      wide
      title={t`Won by month`}
      sentence={t`${money(total)} won in twelve months; the best was ${bestMonth} with ${money(Math.max(...sums))}.`}
      of={[report]}
      heads={[t`Month`, t`Deals`, t`Won`]}
      rows={months.map((month, at) => ({
        label: `${format.month(month)} ${month.slice(0, 4)}`,
        values: [format.number(counts[at] ?? 0), money(sums[at] ?? 0)],
        onOpen: () => open(at),
      }))}
    >
      <Chart
        label={t`Bars of the amount won in each of the last twelve months`}
        height={260}
        option={option}
        onPick={open}
      />
    </Tile>
  )
}
