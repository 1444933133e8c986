import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'

/** What the places of the settings are for. */
export const abouts: Record<string, MessageDescriptor> = {
  user: msg`People who sign in: invite, give roles and teams, hand work over.`,
  team: msg`Who works together, and which teams stand below others.`,
  role: msg`What groups of people may see and do.`,
  pipeline: msg`The stages that deals pass through, with their chances and usual times.`,
  currency: msg`Currencies that amounts may be in.`,
  exchange_rate: msg`What a currency was worth on a day.`,
  tag: msg`Words that mark records of any kind.`,
  import: msg`Files that were brought in, with the way back.`,
}
