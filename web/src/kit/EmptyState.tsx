import type { ReactNode } from 'react'
import css from './states.module.css'

interface Props {
  icon: ReactNode
  title: string
  text?: ReactNode
  action?: ReactNode
  /** The only heading of its page. */
  alone?: boolean
}

/** Says what the place is for and offers the one thing to do next. */
export function EmptyState({ icon, title, text, action, alone = false }: Props) {
  return (
    <div className={css.state}>
      <span className={css.icon} aria-hidden>
        {icon}
      </span>
      {alone ? <h1 className={css.title}>{title}</h1> : <h2 className={css.title}>{title}</h2>}
      {text && <p className={css.text}>{text}</p>}
      {action && <div className={css.action}>{action}</div>}
    </div>
  )
}
