import { type ComponentProps, lazy, Suspense } from 'react'
import type { InlineEditor as Editor } from './InlineEditor'

const InlineEditor = lazy(() => import('./InlineEditor').then((module) => ({ default: module.InlineEditor })))

/** The editor in place, loaded with the first edit of a page that shows more than it edits. */
export function LazyInlineEditor(props: ComponentProps<typeof Editor>) {
  return (
    <Suspense>
      <InlineEditor {...props} />
    </Suspense>
  )
}
