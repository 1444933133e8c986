import { keepPreviousData, type QueryClient, queryOptions } from '@tanstack/react-query'
import { ask, get, setCsrf } from './client'

export interface SessionUser {
  id: string
  name: string
  email: string
  roles: string[]
  /** One of the roles manages teams. */
  manages: boolean
  teams: string[]
  language?: string | null
  locale?: string | null
  time_zone?: string | null
  week_start?: string | number | null
  preferences?: Record<string, unknown>
}

export interface DemoUser {
  email: string
  name: string
  role: string
}

export interface Session {
  user: SessionUser
  /** Which declarations hold, where the page itself says so. */
  model?: string
  /** Changes with whatever anybody could hear of, where the page itself says so. */
  pulse?: string
  /** The administrator who looks at everything as `user` sees it; nothing can be changed then. */
  viewer?: { id: string; name: string } | null
  csrf: string
  workspace: { name: string; currency: string; time_zone: string; language: string; has_sample?: boolean }
  demo?: DemoUser[]
}

/** A shape in which a new workspace may begin. */
export interface Template {
  code: string
  name: string
  steps: string[]
}

export interface Setup {
  needed: boolean
  templates?: Template[]
  demo?: DemoUser[]
}

export interface FirstRun {
  workspace: string
  name: string
  email: string
  password: string
  currency: string
  language: string
  time_zone: string
  country?: string
  template?: string
}

/** The server may have put the session into the page; then the first request is saved. */
function boot(): Session | null {
  const text = document.getElementById('boot')?.textContent?.trim()
  if (!text) return null
  try {
    const data = JSON.parse(text) as Partial<Session>
    return data.user && data.csrf ? (data as Session) : null
  } catch {
    return null
  }
}

let fromPage: Session | null = typeof document === 'undefined' ? null : boot()

/** Who is signed in, as far as the page itself says. */
export const sessionOfPage = () => fromPage

/** Somebody else came in on this page. */
export function forgetPage(): void {
  fromPage = null
}

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  staleTime: Number.POSITIVE_INFINITY,
  retry: false,
  queryFn: async ({ signal }) => {
    const session = fromPage ?? (await get<Session>('/session', undefined, signal))
    fromPage = null
    setCsrf(session.csrf)
    return session
  },
})

export const setupQuery = queryOptions({
  queryKey: ['setup'],
  staleTime: 60_000,
  retry: false,
  queryFn: ({ signal }) => get<Setup>('/setup', undefined, signal),
})

/** The same with the names of templates in a language. */
export const templatesQuery = (language: string) =>
  queryOptions({
    queryKey: ['setup', language],
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    retry: false,
    queryFn: async ({ signal }) => (await ask<Setup>('GET', '/setup', { signal, language })).data,
  })

export async function signIn(email: string, password: string): Promise<void> {
  await ask('POST', '/session', { body: { email, password } })
}

export async function signInAsDemo(email: string): Promise<void> {
  await ask('POST', '/session/demo', { body: { email } })
}

/** Looks at everything as somebody else sees it, or with `null` as oneself again. The page has to begin anew then. */
export async function viewAs(user: string | null): Promise<void> {
  await ask('POST', '/session/view_as', { body: { user } })
}

export async function signOut(): Promise<void> {
  await ask('DELETE', '/session')
}

export async function setUp(first: FirstRun): Promise<void> {
  await ask('POST', '/setup', { body: first })
}

const pause = 500
let waiting: Record<string, unknown> = {}
let timer: ReturnType<typeof setTimeout> | undefined

/**
 * Something to find again at the next visit, on any device: known at once and told to the server; what is chosen in
 * quick succession is told together.
 */
export function keepPreference(client: QueryClient, name: string, value: unknown): void {
  client.setQueryData<Session>(sessionQuery.queryKey, (session) =>
    session
      ? { ...session, user: { ...session.user, preferences: { ...session.user.preferences, [name]: value } } }
      : session,
  )
  waiting[name] = value
  if (timer === undefined) tellPreferences()
}

function tellPreferences(): void {
  clearTimeout(timer)
  timer = undefined
  if (Object.keys(waiting).length === 0) return
  const preferences = waiting
  waiting = {}
  timer = setTimeout(tellPreferences, pause)
  void savePreferences({ preferences }).catch(() => undefined)
}

// Whoever goes at once has chosen all the same.
if (typeof addEventListener === 'function') addEventListener('pagehide', tellPreferences)

export async function savePreferences(
  changes: Partial<Pick<SessionUser, 'language' | 'locale' | 'time_zone' | 'preferences'>>,
): Promise<void> {
  await ask('PATCH', '/session', { body: changes, keepalive: true })
}
