import { useLingui } from '@lingui/react/macro'
import type { Level } from '../../api/model'
import type { ObjectRights } from './rights'
import css from './settings.module.css'

/** One role's rights, object by object. */
export function RightsTable({ role, label, objects }: { role: string; label: string; objects: ObjectRights[] }) {
  const { t } = useLingui()
  const words: Record<Level, string> = {
    all: t`All`,
    team: t`Own and the team’s`,
    own: t`Own`,
    some: t`Some`,
    none: t`None`,
  }
  const yes = (may: boolean) => (may ? t`Yes` : t`No`)
  return (
    <div className={css.scroll} tabIndex={0} role="region" aria-label={t`Rights of ${label}`}>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">{t`Object`}</th>
            <th scope="col">{t`Sees`}</th>
            <th scope="col">{t`Creates`}</th>
            <th scope="col">{t`Changes`}</th>
            <th scope="col">{t`Deletes`}</th>
            <th scope="col">{t`Exports`}</th>
            <th scope="col">{t`Many at once`}</th>
          </tr>
        </thead>
        <tbody>
          {objects.map((object) => {
            const rights = object.roles[role]
            return (
              <tr key={object.name}>
                <th scope="row">{object.label}</th>
                <td title={rights?.read.rule}>{words[rights?.read.level ?? 'none']}</td>
                <td>{yes(rights?.create === true)}</td>
                <td title={rights?.update.rule}>{words[rights?.update.level ?? 'none']}</td>
                <td title={rights?.delete.rule}>{words[rights?.delete.level ?? 'none']}</td>
                <td>{yes(rights?.export === true)}</td>
                <td>{yes(rights?.bulk === true)}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
