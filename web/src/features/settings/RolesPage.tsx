import { plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { IconPencil } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { RecordData } from '../../api/model'
import { useModel, useSession } from '../../api/ModelContext'
import { shortListQuery } from '../../api/queries'
import { linkedList } from '../../fields/link'
import { Fold } from '../../kit/Fold'
import { Loading } from '../../kit/Loading'
import { Trouble } from '../../objects/Trouble'
import { FormDialog } from './FormDialog'
import { RightsTable } from './RightsTable'
import { RowMenu } from './RowMenu'
import { rightsQuery } from './rights'
import { SettingsFrame } from './SettingsFrame'
import css from './settings.module.css'

/** What each role may see and do, and how many hold it. */
export function RolesPage() {
  const { t, i18n } = useLingui()
  const model = useModel()
  const administrator = useSession().user.roles.includes('administrator')
  const roles = model.object('role')
  const users = model.object('user')
  const found = useQuery(shortListQuery('role', roles?.path ?? '', { sort: 'created_at', limit: 100 }, Boolean(roles)))
  const people = useQuery(
    shortListQuery(
      'user',
      users?.path ?? '',
      { limit: 500, expand: 'roles', filter: 'status != "deactivated"' },
      Boolean(users),
    ),
  )
  const rights = useQuery({ ...rightsQuery(i18n.locale), enabled: administrator })
  const [edited, setEdited] = useState<RecordData | null>(null)
  if (!roles) return null
  const holders = (role: RecordData) =>
    (people.data?.items ?? []).filter((person) => linkedList(person.roles).some((held) => held.id === role.id)).length
  return (
    <SettingsFrame
      title={roles.label_plural}
      lead={t`A role says what its holders may see and do. Who holds several may do what any of them allows.`}
    >
      <Trouble of={[found]} />
      {found.isPending && <Loading />}
      {(found.data?.items ?? []).map((role) => {
        const label = String(role.label ?? '')
        const count = holders(role)
        const code = String(role.name ?? '')
        return (
          <section key={role.id} className={css.section} aria-label={label}>
            <div className={css.sectionHead}>
              <h2 className={css.heading}>{label}</h2>
              <span className={css.about}>{plural(count, { one: '# person', other: '# people' })}</span>
              <span className="grow" />
              <RowMenu
                name={label}
                actions={[
                  roles.access.update && {
                    label: t`Edit`,
                    icon: <IconPencil size={15} />,
                    run: () => setEdited(role),
                  },
                ]}
              />
            </div>
            {typeof role.description === 'string' && <p className={css.text}>{role.description}</p>}
            {code === 'administrator' ? (
              <p className={css.text}>{t`Sees and does everything, and sets up the workspace.`}</p>
            ) : (
              rights.data && (
                <Fold label={t`What it allows`}>
                  <RightsTable role={code} label={label} objects={rights.data} />
                </Fold>
              )
            )}
          </section>
        )
      })}
      {edited && (
        <FormDialog
          object={roles}
          fields={['label', 'description']}
          title={String(edited.label ?? '')}
          record={edited}
          onClose={() => setEdited(null)}
        />
      )}
    </SettingsFrame>
  )
}
