import { useSyncExternalStore } from 'react'

/** Whether a media query holds, known before the first paint. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const media = matchMedia(query)
      media.addEventListener('change', changed)
      return () => media.removeEventListener('change', changed)
    },
    () => matchMedia(query).matches,
  )
}

export const usePhone = () => useMedia('(max-width: 700px)')
export const useNarrow = () => useMedia('(max-width: 1100px)')
