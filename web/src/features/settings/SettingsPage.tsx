import { useLingui } from '@lingui/react/macro'
import { IconBell, IconBuildings, IconHome, IconListCheck, IconUpload } from '@tabler/icons-react'
import { useEffect } from 'react'
import type { ObjectModel } from '../../api/model'
import { useModel, useSession } from '../../api/ModelContext'
import { iconNamed } from '../../kit/icons'
import { PageHeader } from '../../kit/PageHeader'
import { abouts } from './abouts'
import { SettingsCard } from './SettingsCard'
import css from './settings.module.css'

/** Objects for which there is more than a list. */
const screens: Record<string, string> = { user: 'people', team: 'teams', role: 'roles', pipeline: 'pipelines' }
/** Looked after with another one. */
const within = ['stage']

/** What an administrator keeps in order: each is an object like any other, some with a page of their own. */
export function SettingsPage() {
  const { t, i18n } = useLingui()
  const model = useModel()
  const objects = model.model.objects.filter(
    (object) => object.nav === 'settings' && object.access.read && !within.includes(object.name),
  )
  const { workspace } = useSession()
  const maySetUp = model.object('user')?.access.create === true
  const about = (object: ObjectModel) => {
    const known = abouts[object.name]
    return known ? i18n._(known) : (object.about ?? '')
  }
  useEffect(() => {
    document.title = `${t`Settings`} · Legame`
  }, [t])
  return (
    <>
      <PageHeader title={t`Settings`} />
      <div className={css.page} tabIndex={0} role="region" aria-label={t`Settings`}>
        <ul className={css.cards}>
          {maySetUp && (
            <SettingsCard
              to="/settings/workspace"
              icon={IconHome}
              name={t`Workspace`}
              about={t`Name, language, currency, country and time zone of the company.`}
            />
          )}
          {objects.map((object) => {
            const page = screens[object.name]
            return (
              <SettingsCard
                key={object.name}
                to={page ? `/settings/${page}` : `/o/${object.path}`}
                icon={iconNamed(object.icon)}
                name={object.label_plural}
                about={about(object)}
              />
            )
          })}
          {maySetUp && (
            <SettingsCard
              to="/settings/choices"
              icon={IconListCheck}
              name={t`Lists of choices`}
              about={t`What one chooses from, such as sources and reasons: add, rename in every language, put in order, retire.`}
            />
          )}
          <SettingsCard
            to="/settings/notices"
            icon={IconBell}
            name={t`My notifications`}
            about={t`What the bell tells me. It holds for me alone.`}
          />
          {maySetUp && workspace.has_sample && (
            <SettingsCard
              to="/settings/sample"
              icon={IconBuildings}
              name={t`Sample company`}
              about={t`Leaves with one button, and nothing else goes with it.`}
            />
          )}
          <SettingsCard
            to="/import"
            icon={IconUpload}
            name={t`Import from a file`}
            about={t`Brings in companies, contacts, deals and more from a spreadsheet.`}
          />
        </ul>
      </div>
    </>
  )
}
