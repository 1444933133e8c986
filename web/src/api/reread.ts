import type { Query, QueryClient, QueryFilters } from '@tanstack/react-query'

const followed = new WeakSet<Query>()

/**
 * Reads again what news have touched. What is being read at this moment may still be the state before: it is let come,
 * for news may arrive faster than answers, and is then read once more.
 */
export function reread(client: QueryClient, filters: QueryFilters): void {
  for (const query of client.getQueryCache().findAll(filters)) {
    if (query.state.fetchStatus === 'idle') again(client, query)
    else follow(client, query)
  }
}

function follow(client: QueryClient, query: Query): void {
  if (followed.has(query)) return
  followed.add(query)
  const then = () => {
    followed.delete(query)
    again(client, query)
  }
  // With nothing asked for it gives the answer that is under way.
  query.fetch().then(then, then)
}

const again = (client: QueryClient, query: Query) =>
  void client.invalidateQueries({ queryKey: query.queryKey, exact: true })
