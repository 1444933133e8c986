import { useLingui } from '@lingui/react/macro'
import { IconUpload } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useModel } from '../../api/ModelContext'
import { iconNamed } from '../../kit/icons'
import { PageHeader } from '../../kit/PageHeader'
import css from './settings.module.css'

/** Objects for which there is more than a list. */
const screens: Record<string, string> = { user: 'people' }

/** What an administrator keeps in order: each is an object like any other. */
export function SettingsPage() {
  const { t } = useLingui()
  const model = useModel()
  const objects = model.model.objects.filter((object) => object.nav === 'settings' && object.access.read)
  useEffect(() => {
    document.title = `${t`Settings`} · Legame`
  }, [t])
  return (
    <>
      <PageHeader title={t`Settings`} />
      <div className={css.page} tabIndex={0} role="region" aria-label={t`Settings`}>
        <ul className={css.cards}>
          {objects.map((object) => {
            const Icon = iconNamed(object.icon)
            return (
              <li key={object.name}>
                <Link
                  {...(screens[object.name]
                    ? { to: '/settings/$page', params: { page: screens[object.name] ?? '' } }
                    : { to: '/o/$path', params: { path: object.path } })}
                  className={css.card}
                >
                  <span className={css.icon} aria-hidden>
                    <Icon size={18} stroke={1.7} />
                  </span>
                  <span className="grow">
                    <span className={css.name}>{object.label_plural}</span>
                    <span className={css.about}>{object.about}</span>
                  </span>
                </Link>
              </li>
            )
          })}
          <li>
            <Link to="/import" className={css.card}>
              <span className={css.icon} aria-hidden>
                <IconUpload size={18} stroke={1.7} />
              </span>
              <span className="grow">
                <span className={css.name}>{t`Import from a file`}</span>
                <span
                  className={css.about}
                >{t`Brings in companies, contacts, deals and more from a spreadsheet.`}</span>
              </span>
            </Link>
          </li>
        </ul>
      </div>
    </>
  )
}
