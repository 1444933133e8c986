import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router'
import { type ListSearch, readListSearch } from '../objects/views/listSearch'
import { Nowhere } from './Nowhere'
import { RouteProblem } from './RouteProblem'
import { Workspace } from './Workspace'

const root = createRootRoute({ notFoundComponent: Nowhere, errorComponent: RouteProblem })

const text = (value: unknown): string | undefined => (typeof value === 'string' && value ? value : undefined)

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>): { to?: string } => ({ to: text(search.to) }),
  component: lazyRouteComponent(() => import('../features/signin/SignInPage'), 'SignInPage'),
})

const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  component: lazyRouteComponent(() => import('../features/signin/SetupPage'), 'SetupPage'),
})

const join = createRoute({
  getParentRoute: () => root,
  path: '/join',
  component: lazyRouteComponent(() => import('../features/signin/JoinPage'), 'JoinPage'),
})

const workspace = createRoute({ getParentRoute: () => root, id: 'workspace', component: Workspace })

const today = createRoute({
  getParentRoute: () => workspace,
  path: '/',
  component: lazyRouteComponent(() => import('../features/today/TodayPage'), 'TodayPage'),
})

const list = createRoute({
  getParentRoute: () => workspace,
  path: '/o/$path',
  validateSearch: (search: Record<string, unknown>): ListSearch => readListSearch(search),
  component: lazyRouteComponent(() => import('./ListRoute'), 'ListRoute'),
})

const record = createRoute({
  getParentRoute: () => workspace,
  path: '/o/$path/$id',
  component: lazyRouteComponent(() => import('./RecordRoute'), 'RecordRoute'),
})

const dashboard = createRoute({
  getParentRoute: () => workspace,
  path: '/dashboard',
  component: lazyRouteComponent(() => import('../features/dashboard/DashboardPage'), 'DashboardPage'),
})

const calendar = createRoute({
  getParentRoute: () => workspace,
  path: '/calendar',
  validateSearch: (search: Record<string, unknown>): { from?: string; shape?: string } => ({
    from: text(search.from),
    shape: text(search.shape),
  }),
  component: lazyRouteComponent(() => import('../features/calendar/CalendarPage'), 'CalendarPage'),
})

const importing = createRoute({
  getParentRoute: () => workspace,
  path: '/import',
  validateSearch: (search: Record<string, unknown>): { object?: string; id?: string } => ({
    object: text(search.object),
    id: text(search.id),
  }),
  component: lazyRouteComponent(() => import('../features/import/ImportPage'), 'ImportPage'),
})

const bin = createRoute({
  getParentRoute: () => workspace,
  path: '/bin',
  validateSearch: (search: Record<string, unknown>): { object?: string } => ({ object: text(search.object) }),
  component: lazyRouteComponent(() => import('../features/bin/BinPage'), 'BinPage'),
})

const settings = createRoute({
  getParentRoute: () => workspace,
  path: '/settings',
  component: lazyRouteComponent(() => import('../features/settings/SettingsScreen'), 'SettingsScreen'),
})

const settingsScreen = createRoute({
  getParentRoute: () => workspace,
  path: '/settings/$page',
  validateSearch: (search: Record<string, unknown>): { field?: string; role?: string } => ({
    field: text(search.field),
    role: text(search.role),
  }),
  component: lazyRouteComponent(() => import('../features/settings/SettingsScreen'), 'SettingsScreen'),
})

const routes = root.addChildren([
  signIn,
  setup,
  join,
  workspace.addChildren([today, list, record, dashboard, calendar, importing, bin, settings, settingsScreen]),
])

export const router = createRouter({
  routeTree: routes,
  defaultPreload: 'intent',
  // Values stay plain texts in the address: no quotes around filters.
  parseSearch: (search) => Object.fromEntries(new URLSearchParams(search)),
  stringifySearch: (search) => {
    const params = new URLSearchParams()
    for (const [name, value] of Object.entries(search))
      if (value !== undefined && value !== null) params.set(name, String(value))
    const written = params.toString()
    return written ? `?${written}` : ''
  },
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
