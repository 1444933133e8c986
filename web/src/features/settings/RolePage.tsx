import { useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { RecordData } from '../../api/model'
import { Loading } from '../../kit/Loading'
import { Trouble } from '../../objects/Trouble'
import { RightsTable } from './RightsTable'
import { SettingsFrame } from './SettingsFrame'
import css from './settings.module.css'
import { useRights } from './useRights'

/** More names than a line holds are counted. */
const named = 8

/** One role: who holds it, and what it allows, to be changed in place. */
export function RolePage({ role, holders, menu }: { role: RecordData; holders: RecordData[]; menu: ReactNode }) {
  const { t } = useLingui()
  const label = String(role.label ?? '')
  const code = String(role.name ?? '')
  const fixed = code === 'administrator'
  const { found, rights } = useRights(code, label, !fixed)
  const shown = holders.slice(0, named).map((person) => String(person.name))
  const names = shown.join(', ')
  const left = holders.length - shown.length
  return (
    <SettingsFrame
      title={label}
      back="roles"
      wide
      lead={typeof role.description === 'string' ? role.description : undefined}
      actions={menu}
    >
      <p className={css.holders}>
        {holders.length === 0
          ? t`Nobody holds this role.`
          : left > 0
            ? t`Held by ${names} and ${left} more.`
            : t`Held by ${names}.`}{' '}
        <Link to="/settings/$page" params={{ page: 'people' }} search={{}}>
          {t`Give it to somebody`}
        </Link>
      </p>
      {role.manages === true && (
        <p className={css.holders}>{t`The own teams include those below them, and views may be given to everyone.`}</p>
      )}
      {fixed ? (
        <p className={css.text}>
          {t`Sees and does everything, and sets up the workspace. These rights are fixed, so that nobody can lock himself out.`}
        </p>
      ) : (
        <>
          <Trouble of={[found]} />
          {found.isPending && <Loading />}
          {found.data && <RightsTable role={code} label={label} objects={found.data} rights={rights} />}
        </>
      )}
    </SettingsFrame>
  )
}
