import { lazy } from 'react'
import type { ObjectParts, Parts } from '../objects/Parts'
import { nextCell } from './deals/nextCell'
import { dealActionFields, dealBoard } from './deals/dealBoard'

const ConvertForm = lazy(() => import('./leads/ConvertForm').then((module) => ({ default: module.ConvertForm })))

/** The one list of special parts per object. Everything not named here is generic. */
const objects: Record<string, ObjectParts> = {
  deal: { board: dealBoard, actionFields: dealActionFields },
  lead: { actionForms: { convert: ConvertForm } },
}

const none: ObjectParts = {}

export const parts: Parts = {
  of: (object) => objects[object] ?? none,
  composer: lazy(() => import('./activity/Composer').then((module) => ({ default: module.Composer }))),
  nextStep: lazy(() => import('./activity/NextStep').then((module) => ({ default: module.NextStep }))),
  cell: (field, record) =>
    field.name === 'next_activity_at' && record.next_activity_at ? nextCell(record.next_activity_at) : undefined,
  activityCard: lazy(() => import('./activity/ActivityCard').then((module) => ({ default: module.ActivityCard }))),
}
