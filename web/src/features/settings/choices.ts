import { msg } from '@lingui/core/macro'
import type { MessageDescriptor } from '@lingui/core'
import { queryOptions } from '@tanstack/react-query'
import { ask, get } from '../../api/client'
import type { Field, ObjectModel } from '../../api/model'

export interface EditableOption {
  /** A new one has none yet; the server gives it. */
  code?: string
  labels: Record<string, string>
  hue?: string | null
  retired?: boolean
  means?: string | null
}

interface Options {
  fixed: boolean
  means: string[]
  options: EditableOption[]
}

const at = (object: string, field: string) => `/model/objects/${object}/fields/${field}`

export const optionsQuery = (object: string, field: string) =>
  queryOptions({
    queryKey: ['options-of', object, field],
    queryFn: ({ signal }) => get<Options>(`${at(object, field)}/options`, undefined, signal),
  })

export async function saveOptions(object: string, field: string, options: EditableOption[]): Promise<void> {
  const sent = options.map(({ code, labels, hue, retired, means }) => ({
    ...(code ? { code } : {}),
    labels: Object.fromEntries(Object.entries(labels).filter(([, text]) => text.trim() !== '')),
    ...(hue ? { hue } : {}),
    ...(means ? { means } : {}),
    retired: retired === true,
  }))
  await ask('PATCH', at(object, field), { body: { options: sent } })
}

/** The choices of an object whose options are its workspace's own. */
export function editableChoices(object: ObjectModel): Field[] {
  const chosen = (field: Field) => field.type === 'choice' || field.type === 'choices'
  return object.fields.filter((field) => chosen(field) && !field.fixed && !field.list && !field.alias_of)
}

/** What options may mean to the program, in words. */
export const meanings: Record<string, MessageDescriptor> = {
  reached: msg`Somebody was reached`,
  not_reached: msg`Nobody was reached`,
  new: msg`Not worked on yet`,
  active: msg`Being worked on`,
  parked: msg`Waiting for later`,
  won: msg`Became a customer`,
  dead: msg`Came to nothing`,
  before_sale: msg`Before the first sale`,
  after_sale: msg`Customer`,
}
