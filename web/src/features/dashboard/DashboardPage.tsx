import { useLingui } from '@lingui/react/macro'
import { IconChartBar } from '@tabler/icons-react'
import { useEffect } from 'react'
import { useModel } from '../../api/ModelContext'
import { EmptyState } from '../../kit/EmptyState'
import { PageHeader } from '../../kit/PageHeader'
import { AtRisk } from './AtRisk'
import { ByOwner } from './ByOwner'
import { ByStage } from './ByStage'
import css from './dashboard.module.css'
import { Kpis } from './Kpis'
import { WonByMonth } from './WonByMonth'

/** How sales stand. Every figure opens the records behind it. */
export function DashboardPage() {
  const { t } = useLingui()
  const model = useModel()
  const deal = model.object('deal')
  useEffect(() => {
    document.title = `${t`Dashboard`} · Legame`
  }, [t])
  if (!deal?.access.read) {
    return (
      <EmptyState
        icon={<IconChartBar size={20} />}
        title={t`No figures for you here`}
        text={t`You may not read what they are made of.`}
      />
    )
  }
  const currency = model.model.workspace.currency
  return (
    <>
      <PageHeader title={t`Sales`} below={t`All amounts in ${currency}; each figure opens the records behind it.`} />
      <div className={css.page} tabIndex={0} role="region" aria-label={t`Figures`}>
        <Kpis deal={deal} currency={currency} />
        <div className={css.tiles}>
          <WonByMonth deal={deal} currency={currency} />
          <ByStage deal={deal} currency={currency} />
          <ByOwner deal={deal} currency={currency} />
          <AtRisk deal={deal} />
        </div>
      </div>
    </>
  )
}
