import { useLingui } from '@lingui/react/macro'
import { Outlet, useRouterState } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { Live } from '../../kit/Live'
import { Loading } from '../../kit/Loading'
import { PortalHome } from '../../kit/PortalHome'
import { Toasts } from '../../kit/Toasts'
import { usePhone } from '../../kit/useMedia'
import { currentAction, onAction } from '../../objects/action/openAction'
import { currentCreate, onCreate } from '../../objects/create/openCreate'
import { currentConflict, onConflict } from '../../objects/edit/conflict'
import { LazyHost } from './LazyHost'
import { Nav } from './Nav'
import css from './shell.module.css'
import { TabBar } from './TabBar'
import { useGlobalKeys } from './useGlobalKeys'
import { ViewerBar } from './ViewerBar'

const Palette = lazy(() => import('../palette/Palette').then((module) => ({ default: module.Palette })))
const HelpSheet = lazy(() => import('./HelpSheet').then((module) => ({ default: module.HelpSheet })))
const CreateDialog = lazy(() =>
  import('../../objects/create/CreateDialog').then((module) => ({ default: module.CreateDialog })),
)
const ActionDialog = lazy(() =>
  import('../../objects/action/ActionDialog').then((module) => ({ default: module.ActionDialog })),
)
const ConflictDialog = lazy(() =>
  import('../../objects/edit/ConflictDialog').then((module) => ({ default: module.ConflictDialog })),
)

/** The frame of every page: navigation, the sheet, and what may open over it from anywhere. */
export function Shell() {
  const { t } = useLingui()
  const phone = usePhone()
  const [palette, setPalette] = useState(false)
  const [help, setHelp] = useState(false)
  const loading = useRouterState({ select: (state) => state.isLoading && !state.matches.length })
  useGlobalKeys({ openPalette: () => setPalette(true), openHelp: () => setHelp(true) })
  return (
    <>
      <div className={css.app}>
        <a className={css.skip} href="#main">
          {t`Skip to content`}
        </a>
        {!phone && <Nav onSearch={() => setPalette(true)} onHelp={() => setHelp(true)} />}
        <main className={css.main} id="main" tabIndex={-1}>
          <ViewerBar />
          {loading ? (
            <Loading />
          ) : (
            <Suspense fallback={<Loading />}>
              <Outlet />
            </Suspense>
          )}
        </main>
        {phone && <TabBar onSearch={() => setPalette(true)} onHelp={() => setHelp(true)} />}
        <Suspense>
          {palette && <Palette onClose={() => setPalette(false)} onHelp={() => setHelp(true)} />}
          {help && <HelpSheet onClose={() => setHelp(false)} />}
        </Suspense>
        <LazyHost listen={onCreate} current={currentCreate} Dialog={CreateDialog} />
        <LazyHost listen={onAction} current={currentAction} Dialog={ActionDialog} />
        <LazyHost listen={onConflict} current={currentConflict} Dialog={ConflictDialog} />
        <Toasts />
        <Live />
      </div>
      <PortalHome />
    </>
  )
}
