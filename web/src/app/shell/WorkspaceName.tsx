import { useModel } from '../../api/ModelContext'
import css from './shell.module.css'

/** The mark and whose workspace this is. */
export function WorkspaceName() {
  const name = useModel().model.workspace.name
  return (
    <>
      <span className={css.mark} aria-hidden>
        <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
          <path
            d="M1 10 6 2l5 8"
            fill="none"
            stroke="currentColor"
            strokeWidth="2"
            strokeLinecap="round"
            strokeLinejoin="round"
          />
        </svg>
      </span>
      <span className="trunc">{name || 'Legame'}</span>
    </>
  )
}
