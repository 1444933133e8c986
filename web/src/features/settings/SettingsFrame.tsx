import { useLingui } from '@lingui/react/macro'
import { IconArrowLeft } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useEffect } from 'react'
import { PageHeader } from '../../kit/PageHeader'
import css from './settings.module.css'

interface Props {
  title: string
  /** What the page is for, in a sentence. */
  lead?: ReactNode
  actions?: ReactNode
  /** The page of the settings that one comes from, where that is not their beginning. */
  back?: string
  /** A table with many columns takes more of the width. */
  wide?: boolean
  children: ReactNode
}

/** One page of the settings: the way back, what it is for, and its content. */
export function SettingsFrame({ title, lead, actions, back, wide = false, children }: Props) {
  const { t } = useLingui()
  useEffect(() => {
    document.title = `${title} · Legame`
  }, [title])
  return (
    <>
      <PageHeader
        title={title}
        lead={
          <Link
            {...(back ? { to: '/settings/$page', params: { page: back }, search: {} } : { to: '/settings' })}
            className={css.back}
            aria-label={t`Back`}
          >
            <IconArrowLeft size={17} aria-hidden />
          </Link>
        }
      >
        {actions}
      </PageHeader>
      <div className={css.page} tabIndex={0} role="region" aria-label={title}>
        <div className={css.inner} data-wide={wide}>
          {lead && <p className={css.lead}>{lead}</p>}
          {children}
        </div>
      </div>
    </>
  )
}
