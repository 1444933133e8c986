import type { Field } from '../../api/model'
import { isEmpty } from '../../fields/ui'
import { forWrite } from '../../fields/write'
import type { Choice } from './WhichOne'

export const dealFields = ['deal_name', 'deal_amount', 'deal_pipeline', 'deal_stage', 'deal_expected_close']

interface Wanted {
  company: Choice
  contact: Choice
  withDeal: boolean
  values: Record<string, unknown>
}

/** What the action `convert` takes: a known record, a new one, or none; the deal's fields only when there is to be one. */
export function convertInput(
  { company, contact, withDeal, values }: Wanted,
  fields: Map<string, Field>,
): Record<string, unknown> {
  const input: Record<string, unknown> = {
    ...(typeof company === 'object' ? { company: company.id } : { create_company: company === 'new' }),
    ...(typeof contact === 'object' ? { contact: contact.id } : { create_contact: contact === 'new' }),
    without_deal: !withDeal,
  }
  if (!withDeal) return input
  for (const name of dealFields) {
    const field = fields.get(name)
    if (field && !isEmpty(values[name])) input[name] = forWrite(field, values[name])
  }
  return input
}
