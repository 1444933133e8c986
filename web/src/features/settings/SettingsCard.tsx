import { Link } from '@tanstack/react-router'
import type { IconType } from '../../kit/icons'
import css from './settings.module.css'

/** One place of the settings. */
export function SettingsCard({
  to,
  icon: Icon,
  name,
  about,
}: {
  to: string
  icon: IconType
  name: string
  about: string
}) {
  return (
    <li>
      <Link to={to} className={css.card}>
        <span className={css.icon} aria-hidden>
          <Icon size={18} stroke={1.7} />
        </span>
        <span className="grow">
          <span className={css.name}>{name}</span>
          <span className={css.about}>{about}</span>
        </span>
      </Link>
    </li>
  )
}
