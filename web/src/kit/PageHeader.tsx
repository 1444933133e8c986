import type { ReactNode } from 'react'
import css from './PageHeader.module.css'

interface Props {
  title: ReactNode
  /** Before the title: an avatar or a way back. */
  lead?: ReactNode
  below?: ReactNode
  children?: ReactNode
}

/** The head of every screen: title, then actions. The title never takes more than two lines. */
export function PageHeader({ title, lead, below, children }: Props) {
  return (
    <header className={css.header}>
      {lead}
      <div className={`grow ${css.words}`}>
        <h1 className={css.title}>{title}</h1>
        {below && <div className={css.below}>{below}</div>}
      </div>
      {children && <div className={css.actions}>{children}</div>}
    </header>
  )
}
