import type { ReactNode } from 'react'
import css from './states.module.css'

interface Props {
  icon: ReactNode
  title: string
  text?: ReactNode
  action?: ReactNode
}

/** Says what the place is for and offers the one thing to do next. */
export function EmptyState({ icon, title, text, action }: Props) {
  return (
    <div className={css.state}>
      <span className={css.icon} aria-hidden>
        {icon}
      </span>
      <h2 className={css.title}>{title}</h2>
      {text && <p className={css.text}>{text}</p>}
      {action && <div className={css.action}>{action}</div>}
    </div>
  )
}
