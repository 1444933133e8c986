import { useLingui } from '@lingui/react/macro'
import { NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useCallback, useMemo, useState } from 'react'
import type { ObjectModel } from '../../api/model'
import { useModel } from '../../api/ModelContext'
import { reportQuery, shortListQuery } from '../../api/queries'
import { Chart, type Ink } from '../../kit/chart/Chart'
import * as format from '../../kit/format'
import css from './dashboard.module.css'
import { amountOf, idOf } from './figures'
import { Tile } from './Tile'

/** Open value at each stage of one pipeline, the weighted part solid. */
export function ByStage({ deal, currency }: { deal: ObjectModel; currency: string }) {
  const { t } = useLingui()
  const navigate = useNavigate()
  const model = useModel()
  const known = useQuery(
    shortListQuery(
      'pipeline',
      model.object('pipeline')?.path ?? '',
      { sort: 'position', filter: 'active' },
      Boolean(model.object('pipeline')),
    ),
  )
  const pipelines = known.data?.items ?? []
  const [chosen, setChosen] = useState('')
  const pipeline = chosen || pipelines.find((item) => item.default === true)?.id || pipelines[0]?.id || ''
  const stages = useQuery(
    shortListQuery(
      'stage',
      model.object('stage')?.path ?? '',
      { filter: `pipeline == "${pipeline}" && kind == "open"`, sort: 'position' },
      pipeline !== '',
    ),
  )
  const report = useQuery(
    reportQuery(
      {
        object: 'deal',
        filter: `status == "open" && pipeline == "${pipeline}"`,
        group_by: [{ field: 'stage' }],
        measures: [{ fn: 'count' }, { fn: 'sum', field: 'amount' }, { fn: 'sum', field: 'weighted' }],
      },
      pipeline !== '',
    ),
  )
  const bars = useMemo(
    () =>
      (stages.data?.items ?? []).map((stage) => {
        const row = report.data?.rows.find((candidate) => idOf(candidate.stage) === stage.id)
        return {
          id: stage.id,
          name: String(stage.name ?? ''),
          count: Number(row?.count ?? 0),
          sum: amountOf(row?.sum_amount),
          weighted: amountOf(row?.sum_weighted),
        }
      }),
    [stages.data, report.data],
  )
  const money = useCallback((value: number) => format.moneyShort({ amount: String(value), currency }), [currency])
  const option = useCallback(
    (ink: Ink) => ({
      grid: { left: 4, right: 64, top: 6, bottom: 4, containLabel: true },
      xAxis: { type: 'value', show: false },
      yAxis: {
        type: 'category',
        inverse: true,
        data: bars.map((bar) => bar.name),
        axisLine: { show: false },
        axisLabel: { color: ink.ink2, width: 96, overflow: 'truncate' },
      },
      tooltip: { show: false },
      series: [
        {
          type: 'bar',
          stack: 'all',
          barWidth: 20,
          data: bars.map((bar) => bar.weighted),
          itemStyle: { color: ink.brand },
        },
        {
          type: 'bar',
          stack: 'all',
          data: bars.map((bar) => Math.max(0, bar.sum - bar.weighted)),
          itemStyle: { color: ink.soft, borderRadius: [0, 3, 3, 0] },
          label: {
            show: true,
            position: 'right',
            color: ink.ink2,
            fontSize: 12,
            formatter: (point: { dataIndex: number }) => money(bars[point.dataIndex]?.sum ?? 0),
          },
        },
      ],
    }),
    [bars, money],
  )
  const open = (at: number) => {
    const bar = bars[at]
    if (bar)
      void navigate({
        to: '/o/$path',
        params: { path: deal.path },
        search: { filter: `status == "open" && stage == "${bar.id}"`, shape: 'table' },
      })
  }
  const total = bars.reduce((sum, bar) => sum + bar.sum, 0)
  const weighted = bars.reduce((sum, bar) => sum + bar.weighted, 0)
  return (
    <Tile
      title={t`Open value by stage`}
      sentence={t`${money(total)} open, ${money(weighted)} of it weighted by probability.`}
      heads={[t`Stage`, t`Deals`, t`Open`, t`Weighted`]}
      rows={bars.map((bar, at) => ({
        label: bar.name,
        values: [format.number(bar.count), money(bar.sum), money(bar.weighted)],
        onOpen: () => open(at),
      }))}
      of={[known, stages, report]}
      controls={
        pipelines.length > 1 && (
          <NativeSelect
            size="xs"
            className={css.pick}
            aria-label={t`Pipeline`}
            data={pipelines.map((item) => ({ value: item.id, label: String(item.name ?? '') }))}
            value={pipeline}
            onChange={(event) => setChosen(event.currentTarget.value)}
          />
        )
      }
    >
      <Chart label={t`Bars of the open value at each stage`} height={230} option={option} onPick={open} />
    </Tile>
  )
}
