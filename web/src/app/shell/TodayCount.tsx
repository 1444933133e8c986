import { useQuery } from '@tanstack/react-query'
import { useModel } from '../../api/ModelContext'
import { reportQuery } from '../../api/queries'
import { waiting } from '../../features/today/waiting'
import * as format from '../../kit/format'
import css from './shell.module.css'

/** How many things wait for me today; what is overdue makes it warm. */
export function TodayCount() {
  const model = useModel()
  const ask = waiting(model)
  const report = useQuery(reportQuery(ask.report, ask.enabled))
  const rows = report.data?.rows ?? []
  const count = rows.reduce((sum, row) => sum + Number(row.count ?? 0), 0)
  if (count === 0) return null
  const hot = rows.some((row) => row.status === 'overdue')
  return (
    <span className={`${css.count} num`} data-hot={hot}>
      {format.number(count)}
    </span>
  )
}
