import { useParams } from '@tanstack/react-router'
import { type ComponentType, lazy } from 'react'
import { SettingsPage } from './SettingsPage'

/** Every page of the settings that is more than a list of records; the address names it. */
const pages: Record<string, ComponentType> = {
  people: lazy(() => import('./PeoplePage').then((module) => ({ default: module.PeoplePage }))),
}

export function SettingsScreen() {
  const { page } = useParams({ from: '/workspace/settings/$page' })
  const Page = pages[page] ?? SettingsPage
  return <Page />
}
