import { plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import css from './import.module.css'
import type { Problems } from './importApi'

/** What has to be mended in the file itself, equal problems together. */
export function Wrong({ groups }: { groups: Problems[] }) {
  const { t } = useLingui()
  return (
    <section aria-label={t`What is wrong`}>
      <h2 className={css.heading}>{t`What is wrong`}</h2>
      <ul className={css.problems}>
        {groups.slice(0, 50).map((group) => (
          <li key={`${group.header} ${group.value} ${group.message}`}>
            <b>{group.header}</b> {group.message}{' '}
            <span className="dim num">
              {plural(group.rows, { one: `line ${group.line}`, other: `# rows, first line ${group.line}` })}
            </span>
            {group.nearest?.[0] && <span className="dim"> {t`Nearest: ${group.nearest[0]}`}</span>}
          </li>
        ))}
      </ul>
    </section>
  )
}
