import { lazy, Suspense } from 'react'
import { afterFrame } from '../kit/afterFrame'
import type { EditorProps } from './editors/types'

const load = () => import('./editors/AnyEditor')
const AnyEditor = lazy(() => load().then((module) => ({ default: module.AnyEditor })))

/** After the answer to the first key or touch of somebody who begins to work, so that the first edit does not wait. */
export function preloadEditors(): () => void {
  const begins = ['keydown', 'pointerdown'] as const
  const stop = () => begins.forEach((name) => removeEventListener(name, begin))
  const begin = () => {
    stop()
    afterFrame(() => void load())
  }
  begins.forEach((name) => addEventListener(name, begin, { passive: true }))
  return stop
}

export function Editor(props: EditorProps) {
  return (
    <Suspense fallback={<span className="dim">…</span>}>
      <AnyEditor {...props} />
    </Suspense>
  )
}
