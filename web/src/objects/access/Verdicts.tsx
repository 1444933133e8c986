import { useLingui } from '@lingui/react/macro'
import { IconCheck, IconX } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useModel } from '../../api/ModelContext'
import css from './access.module.css'
import type { Because, Reasons, Verdict } from './access'

/** Yes or no for each right, and what led to it. */
export function Verdicts({ reasons }: { reasons: Reasons }) {
  const { t } = useLingui()
  const { name } = reasons.user
  const { whole, fields } = reasons
  const path = useModel().object(whole?.object ?? '')?.path
  const names = (list: { label: string }[]) => list.map((field) => field.label).join(', ')
  const rows: [string, Verdict][] = [
    [reasons.read.allowed ? t`${name} sees this record` : t`${name} does not see this record`, reasons.read],
    [reasons.update.allowed ? t`May change it` : t`May not change it`, reasons.update],
    [reasons.delete.allowed ? t`May delete it` : t`May not delete it`, reasons.delete],
  ]
  return (
    <>
      {whole && path && (
        <p className={css.whole}>
          {t`It has the rights of what it is part of:`}{' '}
          <Link to="/o/$path/$id" params={{ path, id: whole.id }}>
            {whole.title}
          </Link>
        </p>
      )}
      <ul className={css.verdicts}>
        {rows.map(([label, verdict]) => (
          <li key={label} className={css.verdict}>
            <span className={css.mark} data-allowed={verdict.allowed}>
              {verdict.allowed ? <IconCheck size={16} aria-hidden /> : <IconX size={16} aria-hidden />}
            </span>
            <div>
              <strong>{label}</strong>
              {verdict.by.length === 0 && <div className={css.because}>{t`No role: who holds none sees nothing.`}</div>}
              {verdict.by.map((because) => (
                <Reason key={because.role} because={because} />
              ))}
            </div>
          </li>
        ))}
      </ul>
      {reasons.read.allowed && fields.hidden.length > 0 && (
        <p className={css.fields}>{t`Hidden fields: ${names(fields.hidden)}`}</p>
      )}
      {reasons.update.allowed && fields.read_only.length > 0 && (
        <p className={css.fields}>{t`Fields that are only read: ${names(fields.read_only)}`}</p>
      )}
    </>
  )
}

/** One role, and what its rule comes to here. */
function Reason({ because }: { because: Because }) {
  const { t } = useLingui()
  const held: Record<Because['through'], string> = {
    all: t`all records`,
    own: t`the record is the person’s own`,
    team: t`the record belongs to one of the person’s teams`,
    rule: t`its rule holds here:`,
    none: t`no records`,
  }
  const failed: Record<Because['through'], string> = {
    all: t`no records`,
    own: t`only the person’s own records`,
    team: t`only the person’s own and the team’s records`,
    rule: t`its rule does not hold here:`,
    none: t`no records`,
  }
  return (
    <div className={css.because}>
      {because.label ?? because.role}: {because.holds ? held[because.through] : failed[because.level]}
      {because.level === 'rule' && <code className={css.rule}>{because.rule}</code>}
    </div>
  )
}
