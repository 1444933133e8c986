import { lazy, Suspense } from 'react'
import type { EditorProps } from './editors/types'

const load = () => import('./editors/AnyEditor')
const AnyEditor = lazy(() => load().then((module) => ({ default: module.AnyEditor })))

/** Called when the page is idle, so that the first edit does not wait. */
export function preloadEditors(): void {
  void load()
}

export function Editor(props: EditorProps) {
  return (
    <Suspense fallback={<span className="dim">…</span>}>
      <AnyEditor {...props} />
    </Suspense>
  )
}
