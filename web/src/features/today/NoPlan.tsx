import { Plural } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useModel } from '../../api/ModelContext'
import { reportQuery } from '../../api/queries'
import { allOf } from '../../objects/filter/expression'

/** My deals that nothing is planned for, by the view that ships: nothing to do is not the same as all done. */
export function NoPlan() {
  const deal = useModel().object('deal')
  const view = deal?.views.find((candidate) => candidate.name === 'no_plan')
  const filter = allOf('owner == me()', view?.filter)
  const query = useQuery(
    reportQuery({ object: 'deal', filter, measures: [{ fn: 'count' }] }, Boolean(deal?.access.read && view)),
  )
  const count = Number(query.data?.rows[0]?.count ?? 0)
  if (!deal || count === 0) return null
  return (
    <Link to="/o/$path" params={{ path: deal.path }} search={{ filter, shape: 'table' }}>
      <Plural value={count} one="# of your deals has no next step" other="# of your deals have no next step" />
    </Link>
  )
}
