import { useParams } from '@tanstack/react-router'
import type { ComponentType } from 'react'
import { ChoicesPage } from './ChoicesPage'
import { NoticesPage } from './NoticesPage'
import { PeoplePage } from './PeoplePage'
import { PipelinesPage } from './PipelinesPage'
import { RolesPage } from './RolesPage'
import { SamplePage } from './SamplePage'
import { SettingsPage } from './SettingsPage'
import { TeamsPage } from './TeamsPage'

/** Every page of the settings that is more than a list of records; the address names it. */
const pages: Record<string, ComponentType> = {
  people: PeoplePage,
  teams: TeamsPage,
  roles: RolesPage,
  pipelines: PipelinesPage,
  choices: ChoicesPage,
  notices: NoticesPage,
  sample: SamplePage,
}

export function SettingsScreen() {
  const { page = '' } = useParams({ strict: false })
  const Page = pages[page] ?? SettingsPage
  return <Page />
}
