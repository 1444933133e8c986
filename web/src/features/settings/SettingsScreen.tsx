import { useParams } from '@tanstack/react-router'
import { type ComponentType, lazy, Suspense } from 'react'
import { useModel } from '../../api/ModelContext'
import { Loading } from '../../kit/Loading'
import { Locked } from '../../objects/Locked'
import { SettingsPage } from './SettingsPage'

const ChoicesPage = lazy(() => import('./ChoicesPage').then((module) => ({ default: module.ChoicesPage })))
const NoticesPage = lazy(() => import('./NoticesPage').then((module) => ({ default: module.NoticesPage })))
const PeoplePage = lazy(() => import('./PeoplePage').then((module) => ({ default: module.PeoplePage })))
const PipelinesPage = lazy(() => import('./PipelinesPage').then((module) => ({ default: module.PipelinesPage })))
const RolesPage = lazy(() => import('./RolesPage').then((module) => ({ default: module.RolesPage })))
const SamplePage = lazy(() => import('./SamplePage').then((module) => ({ default: module.SamplePage })))
const TeamsPage = lazy(() => import('./TeamsPage').then((module) => ({ default: module.TeamsPage })))
const WorkspacePage = lazy(() => import('./WorkspacePage').then((module) => ({ default: module.WorkspacePage })))

/** Every page of the settings that is more than a list of records; the address names it, and each comes when asked for. */
const pages: Record<string, ComponentType> = {
  workspace: WorkspacePage,
  people: PeoplePage,
  teams: TeamsPage,
  roles: RolesPage,
  pipelines: PipelinesPage,
  choices: ChoicesPage,
  notices: NoticesPage,
  sample: SamplePage,
}

/** What a page shows: without it there is nothing to see. */
const needs: Record<string, string[]> = {
  people: ['user'],
  teams: ['team', 'user'],
  roles: ['role'],
  pipelines: ['pipeline', 'stage'],
}

export function SettingsScreen() {
  const { page = '' } = useParams({ strict: false })
  const Page = pages[page]
  const model = useModel()
  if (!Page) return <SettingsPage />
  if (needs[page]?.some((name) => !model.object(name)?.access.read)) return <Locked alone />
  return (
    <Suspense fallback={<Loading />}>
      <Page />
    </Suspense>
  )
}
