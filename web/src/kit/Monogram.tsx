import { hueOf, initials } from './hue'
import css from './marks.module.css'

interface Props {
  name: string
  /** People are round and tinted; things are square and neutral. */
  person?: boolean
  size?: 'small' | 'medium' | 'large'
}

/** The two letters before a name. Decoration only: the name itself stands beside it. */
export function Monogram({ name, person = false, size = 'small' }: Props) {
  return (
    <span
      className={css.mono}
      data-person={person}
      data-size={size}
      data-hue={person ? hueOf(name) : 'slate'}
      data-text={initials(name)}
      aria-hidden
    />
  )
}
