import { plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import type { ObjectModel } from '../../api/model'
import { reportQuery } from '../../api/queries'
import { Chart, type Ink } from '../../kit/chart/Chart'
import * as format from '../../kit/format'
import { amountOf, idOf, labelOf } from './figures'
import { Tile } from './Tile'

const most = 10

export function ByOwner({ deal, currency }: { deal: ObjectModel; currency: string }) {
  const { t } = useLingui()
  const navigate = useNavigate()
  const report = useQuery(
    reportQuery({
      object: 'deal',
      filter: 'status == "open"',
      group_by: [{ field: 'owner' }],
      measures: [{ fn: 'count' }, { fn: 'sum', field: 'amount' }],
      sort: ['-sum_amount'],
      limit: most,
    }),
  )
  const bars = useMemo(
    () =>
      (report.data?.rows ?? []).map((row) => ({
        id: idOf(row.owner),
        name: labelOf(row.owner) || t`Nobody`,
        count: Number(row.count ?? 0),
        sum: amountOf(row.sum_amount),
      })),
    [report.data, t],
  )
  const money = useCallback((value: number) => format.moneyShort({ amount: String(value), currency }), [currency])
  const option = useCallback(
    (ink: Ink) => ({
      grid: { left: 4, right: 100, top: 6, bottom: 4, containLabel: true },
      xAxis: { type: 'value', show: false },
      yAxis: {
        type: 'category',
        inverse: true,
        data: bars.map((bar) => bar.name),
        axisLine: { show: false },
        axisLabel: { color: ink.ink2 },
      },
      tooltip: { show: false },
      series: [
        {
          type: 'bar',
          barWidth: 16,
          data: bars.map((bar) => bar.sum),
          itemStyle: { color: ink.brand, borderRadius: [0, 3, 3, 0] },
          label: {
            show: true,
            position: 'right',
            color: ink.ink2,
            fontSize: 12,
            formatter: (point: { dataIndex: number }) =>
              `${money(bars[point.dataIndex]?.sum ?? 0)} · ${format.number(bars[point.dataIndex]?.count ?? 0)}`,
          },
        },
      ],
    }),
    [bars, money],
  )
  const open = (at: number) => {
    const bar = bars[at]
    const whose = bar?.id ? `owner == "${bar.id}"` : '!has(owner)'
    if (bar)
      void navigate({
        to: '/o/$path',
        params: { path: deal.path },
        search: { filter: `status == "open" && ${whose}`, shape: 'table' },
      })
  }
  const [first] = bars
  return (
    <Tile
      title={t`Open deals by owner`}
      sentence={
        first
          ? t`${first.name} has most open: ${money(first.sum)} in ${plural(first.count, { one: '# deal', other: '# deals' })}.`
          : t`Nobody has open deals.`
      }
      of={[report]}
      heads={[t`Owner`, t`Deals`, t`Open`]}
      rows={bars.map((bar, at) => ({
        label: bar.name,
        values: [format.number(bar.count), money(bar.sum)],
        onOpen: () => open(at),
      }))}
    >
      <Chart
        label={t`Bars of the open value of each owner`}
        height={Math.max(120, bars.length * 30)}
        option={option}
        onPick={open}
      />
    </Tile>
  )
}
