import { lazy } from 'react'
import type { ObjectParts, Parts } from '../objects/Parts'
import { nextCell } from './deals/nextCell'
import { dealActionFields, dealBoard } from './deals/dealBoard'

const ConvertForm = lazy(() => import('./leads/ConvertForm').then((module) => ({ default: module.ConvertForm })))

const LinesPanel = lazy(() => import('./deals/lines/LinesPanel').then((module) => ({ default: module.LinesPanel })))
const BuyingRoles = lazy(() => import('./deals').then((module) => ({ default: module.BuyingRoles })))
const DealBanner = lazy(() => import('./deals').then((module) => ({ default: module.DealBanner })))
const AmountNote = lazy(() => import('./deals').then((module) => ({ default: module.AmountNote })))

/** The one list of special parts per object. Everything not named here is generic. */
const objects: Record<string, ObjectParts> = {
  deal: {
    board: dealBoard,
    actionFields: dealActionFields,
    panels: { deal_line: LinesPanel },
    related: { deal_contact: BuyingRoles },
    banner: DealBanner,
    fieldNotes: { amount: AmountNote },
  },
  lead: { actionForms: { convert: ConvertForm } },
  import: { address: (id) => ({ to: '/import', search: { id } }) },
}

const none: ObjectParts = {}

export const parts: Parts = {
  of: (object) => objects[object] ?? none,
  composer: lazy(() => import('./activity').then((module) => ({ default: module.Composer }))),
  nextStep: lazy(() => import('./activity').then((module) => ({ default: module.NextStep }))),
  nextPlan: lazy(() => import('./activity/NextPlan').then((module) => ({ default: module.NextPlan }))),
  pinned: lazy(() => import('./activity').then((module) => ({ default: module.PinnedNotes }))),
  cell: (field, record) =>
    field.name === 'next_activity_at' && record.next_activity_at ? nextCell(record.next_activity_at) : undefined,
  activityCard: lazy(() => import('./activity').then((module) => ({ default: module.ActivityCard }))),
  activityCardSays: [
    'subject',
    'body',
    'owner',
    'outcome',
    'direction',
    'duration_minutes',
    'due_on',
    'done_at',
    'pinned',
  ],
}
