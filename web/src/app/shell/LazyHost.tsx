import { type ComponentType, Suspense, useSyncExternalStore } from 'react'

interface Props {
  listen: (listener: () => void) => () => void
  current: () => unknown
  Dialog: ComponentType
}

/** Keeps the code of a dialog away until it is asked for the first time. */
export function LazyHost({ listen, current, Dialog }: Props) {
  const wanted = useSyncExternalStore(listen, current) !== null
  return <Suspense>{wanted && <Dialog />}</Suspense>
}
