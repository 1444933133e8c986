import { Link, useRouterState } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { IconType } from '../../kit/icons'
import css from './shell.module.css'

interface Props {
  to: string
  icon: IconType
  label: string
  exact?: boolean
  end?: ReactNode
}

export function NavLink({ to, icon: Icon, label, exact = false, end }: Props) {
  const path = useRouterState({ select: (state) => state.location.pathname })
  const active = exact ? path === to : path === to || path.startsWith(`${to}/`)
  return (
    <Link to={to as '/'} className={css.link} data-active={active} aria-current={active ? 'page' : undefined}>
      <Icon size={17} stroke={1.7} aria-hidden />
      <span className="trunc">{label}</span>
      {end}
    </Link>
  )
}
