import { QueryClient } from '@tanstack/react-query'
import { Problem } from '../api/client'

/** A refusal is an answer; only what did not come through is asked again. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      refetchOnWindowFocus: false,
      retry: (count, error) => count < 2 && (!(error instanceof Problem) || error.status === 0 || error.status >= 500),
    },
  },
})
