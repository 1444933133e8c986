import { useLingui } from '@lingui/react/macro'
import { type ReactNode, useEffect } from 'react'
import { PortalHome } from '../../kit/PortalHome'
import css from './signin.module.css'

/** One quiet column: the mark, what is asked, and nothing else. */
export function Frame({ title, lead, children }: { title: string; lead?: string; children: ReactNode }) {
  const { t } = useLingui()
  useEffect(() => {
    document.title = `${title} · Legame`
  }, [title])
  return (
    <>
      <main className={css.page}>
        <div className={css.column}>
          <div className={css.brand}>
            <span className={css.mark} aria-hidden>
              <svg width="16" height="16" viewBox="0 0 12 12" aria-hidden="true">
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
            Legame
          </div>
          <h1 className={css.title}>{title}</h1>
          {lead && <p className={css.note}>{lead}</p>}
          {children}
          <p className={css.foot}>{t`Your data stays on your own server.`}</p>
        </div>
      </main>
      <PortalHome />
    </>
  )
}
