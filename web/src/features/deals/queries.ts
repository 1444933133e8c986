import type { ObjectModel } from '../../api/model'
import { shortListQuery } from '../../api/queries'
import { allOf } from '../../objects/filter/expression'

/** Whom the deal has to do with. */
export const peopleQuery = (roles: ObjectModel | undefined, deal: string) =>
  shortListQuery(
    'deal_contact',
    roles?.path ?? '',
    { filter: `deal == ${JSON.stringify(deal)}`, sort: 'created_at', expand: 'contact', limit: 100 },
    Boolean(roles?.access.read),
  )

/** The deal, where its stage wants somebody who decides and nobody is known to: the rule is that of the view of that name. */
export const undecidedQuery = (deals: ObjectModel, deal: string) => {
  const rule = deals.views.find((view) => view.name === 'no_decision_maker')?.filter
  return shortListQuery(
    deals.name,
    deals.path,
    { filter: allOf(`id == ${JSON.stringify(deal)}`, rule), fields: 'id', limit: 1 },
    Boolean(rule),
  )
}
