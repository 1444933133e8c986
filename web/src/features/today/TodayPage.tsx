import { useLingui } from '@lingui/react/macro'
import { IconPlus } from '@tabler/icons-react'
import { Suspense, useEffect, useState } from 'react'
import { useModel, useSession } from '../../api/ModelContext'
import * as format from '../../kit/format'
import { HeadAction } from '../../kit/HeadAction'
import { useShortcuts } from '../../kit/keyboard'
import { PageHeader } from '../../kit/PageHeader'
import { Segmented } from '../../kit/Segmented'
import { usePhone } from '../../kit/useMedia'
import { useParts } from '../../objects/Parts'
import { openCreate } from '../../objects/create/openCreate'
import { FirstSteps } from './FirstSteps'
import { MyNumbers } from './MyNumbers'
import { NowList } from './NowList'
import { Quiet } from './Quiet'
import css from './today.module.css'
import { useFirstSteps } from './useFirstSteps'

/** What wants me now, and how I stand. */
export function TodayPage() {
  const { t } = useLingui()
  const phone = usePhone()
  const model = useModel()
  const { user } = useSession()
  const [tab, setTab] = useState('now')
  const first = useFirstSteps()
  const activity = model.object('activity')
  const { nextPlan: NextPlan } = useParts()
  const plan = () =>
    openCreate({ object: 'activity', values: { kind: 'task', due_on: format.today() }, onCreated: () => undefined })
  useShortcuts(t`Today`, activity?.access.create ? [{ keys: 'c', label: t`New task`, run: plan }] : [])
  useEffect(() => {
    document.title = `${t`Today`} · Legame`
  }, [t])
  const [given = user.name] = user.name.split(' ')
  return (
    <>
      <PageHeader title={t`Today`} below={`${format.dateLong(format.today())} · ${t`Hello ${given}`}`}>
        {activity?.access.create && (
          <HeadAction primary icon={<IconPlus size={16} />} label={t`New task`} onClick={plan} />
        )}
      </PageHeader>
      {phone && (
        <div className={css.tabs}>
          <Segmented
            label={t`Parts of this page`}
            value={tab}
            onChange={setTab}
            choices={[
              { value: 'now', label: t`Now` },
              { value: 'numbers', label: t`My numbers` },
            ]}
          />
        </div>
      )}
      <div className={css.page} tabIndex={0} role="region" aria-label={t`Now`}>
        {(!phone || tab === 'now') && (
          <div className={css.now}>
            <Suspense>{NextPlan && <NextPlan />}</Suspense>
            {first.steps && <FirstSteps {...first} steps={first.steps} />}
            <NowList alone={!first.steps} />
          </div>
        )}
        {(!phone || tab === 'numbers') && (
          <div className={css.side}>
            <MyNumbers />
            <Quiet />
          </div>
        )}
      </div>
    </>
  )
}
