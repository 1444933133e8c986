import type { ReactNode } from 'react'
import { isHue } from './hue'
import css from './marks.module.css'

interface Props {
  hue?: string | null
  children: ReactNode
}

/** A dot and a word: how options look that need no emphasis. */
export function Dot({ hue, children }: Props) {
  return (
    <span className={css.dotted}>
      <i className={css.dot} data-hue={isHue(hue) ? hue : 'slate'} aria-hidden />
      <span className="trunc">{children}</span>
    </span>
  )
}
