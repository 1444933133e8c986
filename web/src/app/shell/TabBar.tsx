import { useLingui } from '@lingui/react/macro'
import { IconChartBar, IconHome, IconMenu2 } from '@tabler/icons-react'
import { useRouterState } from '@tanstack/react-router'
import { Link } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { useModel } from '../../api/ModelContext'
import { iconNamed } from '../../kit/icons'
import { navSections } from './navItems'
import css from './shell.module.css'

const MoreSheet = lazy(() => import('./MoreSheet').then((module) => ({ default: module.MoreSheet })))

/** Five places on a phone: today, the two that matter most, figures, everything else. */
export function TabBar({ onSearch, onHelp }: { onSearch: () => void; onHelp: () => void }) {
  const { t } = useLingui()
  const model = useModel()
  const path = useRouterState({ select: (state) => state.location.pathname })
  const [more, setMore] = useState(false)
  const sections = navSections(model)
  const first = (name: string) => {
    const objects = sections.find((section) => section.name === name)?.objects ?? []
    return objects.find((object) => object.views[0]?.shape === 'board') ?? objects[0]
  }
  const objects = [first('records'), first('sales')].filter((object) => object !== undefined)
  const tabs = [
    { to: '/', label: t`Today`, Icon: IconHome, active: path === '/' },
    ...objects.map((object) => ({
      to: `/o/${object.path}`,
      label: object.label_plural,
      Icon: iconNamed(object.icon),
      active: path.startsWith(`/o/${object.path}`),
    })),
    { to: '/dashboard', label: t`Dashboard`, Icon: IconChartBar, active: path === '/dashboard' },
  ]
  return (
    <nav className={css.tabbar} aria-label={t`Main`}>
      {tabs.map(({ to, label, Icon, active }) => (
        <Link
          key={to}
          to={to as '/'}
          className={css.tab}
          data-active={active}
          aria-current={active ? 'page' : undefined}
        >
          <Icon size={21} stroke={1.7} aria-hidden />
          <span className="trunc">{label}</span>
        </Link>
      ))}
      <button type="button" className={css.tab} onClick={() => setMore(true)} aria-expanded={more}>
        <IconMenu2 size={21} stroke={1.7} aria-hidden />
        {t`Menu`}
      </button>
      <Suspense>{more && <MoreSheet onClose={() => setMore(false)} onSearch={onSearch} onHelp={onHelp} />}</Suspense>
    </nav>
  )
}
