import { lazy } from 'react'
import { fileOf } from '../kit/later'
import { Loading } from '../kit/Loading'
import type { ObjectParts, Parts } from '../objects/Parts'
import { nextStepQuery, pinnedQuery } from './activity/queries'
import { nextCell } from './deals/nextCell'
import { dealActionFields, dealBoard } from './deals/dealBoard'
import { peopleQuery, undecidedQuery } from './deals/queries'

const ConvertForm = lazy(() => import('./leads/ConvertForm').then((module) => ({ default: module.ConvertForm })))

const deals = fileOf(() => import('./deals'))
const activity = fileOf(() => import('./activity'))

const LinesPanel = lazy(() => import('./deals/lines/LinesPanel').then((module) => ({ default: module.LinesPanel })))

/** The one list of special parts per object. Everything not named here is generic. */
const objects: Record<string, ObjectParts> = {
  deal: {
    board: dealBoard,
    actionFields: dealActionFields,
    panels: { deal_line: LinesPanel },
    related: { deal_contact: deals.part('BuyingRoles') },
    banner: deals.part('DealBanner'),
    fieldNotes: { amount: deals.part('AmountNote') },
    file: deals,
    asks: (model, object, id) => [undecidedQuery(object, id), peopleQuery(model.object('deal_contact'), id)],
  },
  lead: { actionForms: { convert: ConvertForm } },
  import: { address: (id) => ({ to: '/import', search: { id } }) },
}

const none: ObjectParts = {}

export const parts: Parts = {
  of: (object) => objects[object] ?? none,
  file: activity,
  asks: (model, object, id) => {
    const activities = model.object('activity')
    return [nextStepQuery(activities, object, id), pinnedQuery(activities, id)]
  },
  composer: activity.part('Composer', <Loading rows={2} />),
  nextStep: activity.part('NextStep'),
  nextPlan: lazy(() => import('./activity/NextPlan').then((module) => ({ default: module.NextPlan }))),
  pinned: activity.part('PinnedNotes', <Loading rows={8} />),
  cell: (field, record) =>
    field.name === 'next_activity_at' && record.next_activity_at ? nextCell(record.next_activity_at) : undefined,
  activityCard: activity.part('ActivityCard'),
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
