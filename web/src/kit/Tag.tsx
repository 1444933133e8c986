import type { ReactNode } from 'react'
import { type Hue, isHue } from './hue'
import css from './marks.module.css'

interface Props {
  hue?: string | null
  children: ReactNode
}

/** A filled tag: only for fields with `emphasis`. */
export function Tag({ hue, children }: Props) {
  const shown: Hue = isHue(hue) ? hue : 'slate'
  return (
    <span className={`${css.tag} trunc`} data-hue={shown}>
      {children}
    </span>
  )
}
