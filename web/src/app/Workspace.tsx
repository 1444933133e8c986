import { i18n } from '@lingui/core'
import { useLingui } from '@lingui/react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useMemo } from 'react'
import { Problem, whenSignedOut } from '../api/client'
import { startLive } from '../api/live'
import { WorkspaceContext } from '../api/ModelContext'
import { modelQuery } from '../api/queries'
import { sessionQuery } from '../api/session'
import { parts } from '../features/overrides'
import { preloadEditors } from '../fields/Editor'
import { setPlace } from '../kit/format'
import { setSingleKeys } from '../kit/keyboard'
import { Loading } from '../kit/Loading'
import { PartsContext } from '../objects/Parts'
import { activate, isLanguage, usualLocale } from '../kit/i18n'
import { RouteProblem } from './RouteProblem'
import { Shell } from './shell/Shell'

/** Everything behind the sign-in: who one is, the model one may see, and the stream of changes. */
export function Workspace() {
  const client = useQueryClient()
  const navigate = useNavigate()
  const language = useLingui().i18n.locale
  const session = useQuery(sessionQuery)
  const user = session.data?.user
  const wanted = user?.language?.slice(0, 2)
  const ready = Boolean(user) && (!isLanguage(wanted) || wanted === language)
  const model = useQuery({ ...modelQuery(language), enabled: ready })

  useEffect(() => {
    const leave = () => {
      // Several requests may be refused at once; the first leads away.
      if (location.pathname === '/sign-in') return
      const to = location.pathname + location.search
      client.clear()
      void navigate({ to: '/sign-in', search: to === '/' ? {} : { to } })
    }
    whenSignedOut(leave)
    return () => whenSignedOut(() => undefined)
  }, [client, navigate])

  useEffect(() => {
    if (isLanguage(wanted) && wanted !== i18n.locale) void activate(wanted)
  }, [wanted])

  useEffect(() => {
    if (!ready) return
    const forget = preloadEditors()
    const stop = startLive(client, () => client.getQueryData(modelQuery(i18n.locale).queryKey))
    return () => {
      forget()
      stop()
    }
  }, [client, ready])

  const data = session.data
  const index = model.data
  const workspace = useMemo(() => {
    if (!data || !index) return null
    setPlace({
      locale: data.user.locale || usualLocale(language),
      timeZone: data.user.time_zone || data.workspace.time_zone || 'UTC',
      currency: data.workspace.currency,
      weekStart: Number(data.user.week_start ?? 1) % 7,
    })
    setSingleKeys(data.user.preferences?.single_keys !== false)
    return { session: data, model: index }
  }, [data, index, language])

  const failed = session.error ?? model.error
  if (failed && !(failed instanceof Problem && failed.status === 401))
    return <RouteProblem error={failed} reset={() => location.reload()} />
  if (!workspace) return <Loading rows={6} />
  return (
    <WorkspaceContext.Provider value={workspace}>
      <PartsContext.Provider value={parts}>
        <Shell key={language} />
      </PartsContext.Provider>
    </WorkspaceContext.Provider>
  )
}
