import { useLingui } from '@lingui/react/macro'
import { IconCalendar, IconChartBar, IconHome, IconSearch, IconSettings, IconTrash } from '@tabler/icons-react'
import { lazy, Suspense } from 'react'
import { useModel } from '../../api/ModelContext'
import { iconNamed } from '../../kit/icons'
import { Kbd } from '../../kit/Kbd'
import { NavLink } from './NavLink'
import { navSections } from './navItems'
import css from './shell.module.css'
import { TodayCount } from './TodayCount'
import { WorkspaceName } from './WorkspaceName'

// Menus bring a library of their own; the navigation stands before they have come.
const NavFoot = lazy(() => import('./NavFoot').then((module) => ({ default: module.NavFoot })))
const WorkspaceMenu = lazy(() => import('./WorkspaceMenu').then((module) => ({ default: module.WorkspaceMenu })))

export function Nav({ onSearch, onHelp }: { onSearch: () => void; onHelp: () => void }) {
  const { t, i18n } = useLingui()
  const model = useModel()
  const sections = navSections(model)
  const [work, ...others] = sections[0]?.name === 'work' ? sections : [undefined, ...sections]
  return (
    <nav className={css.nav} aria-label={t`Main`}>
      <Suspense
        fallback={
          <div className={css.workspace}>
            <WorkspaceName />
          </div>
        }
      >
        <WorkspaceMenu />
      </Suspense>
      <button type="button" className={css.search} onClick={onSearch}>
        <IconSearch size={15} aria-hidden />
        <span className="grow trunc">{t`Search or run…`}</span>
        <Kbd keys="mod+k" />
      </button>
      <NavLink to="/" exact icon={IconHome} label={t`Today`} end={<TodayCount />} />
      {work?.objects.map((object) => (
        <NavLink key={object.name} to={`/o/${object.path}`} icon={iconNamed(object.icon)} label={object.label_plural} />
      ))}
      <NavLink to="/calendar" icon={IconCalendar} label={t`Calendar`} />
      {others.map(
        (section) =>
          section && (
            <div
              key={section.name}
              role="group"
              aria-label={typeof section.label === 'string' ? section.label : i18n._(section.label)}
            >
              <div className={css.sectionLabel}>
                {typeof section.label === 'string' ? section.label : i18n._(section.label)}
              </div>
              {section.objects.map((object) => (
                <NavLink
                  key={object.name}
                  to={`/o/${object.path}`}
                  icon={iconNamed(object.icon)}
                  label={object.label_plural}
                />
              ))}
            </div>
          ),
      )}
      <div role="group" aria-label={t`Measure`}>
        <div className={css.sectionLabel}>{t`Measure`}</div>
        <NavLink to="/dashboard" icon={IconChartBar} label={t`Dashboard`} />
      </div>
      <div className={css.navEnd}>
        <NavLink to="/bin" icon={IconTrash} label={t`Bin`} />
        <NavLink to="/settings" icon={IconSettings} label={t`Settings`} />
        <Suspense fallback={<div className={css.foot} />}>
          <NavFoot onHelp={onHelp} />
        </Suspense>
      </div>
    </nav>
  )
}
