import { useLingui } from '@lingui/react/macro'
import { IconArrowRight } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useModel } from '../../api/ModelContext'
import { shortListQuery } from '../../api/queries'
import { openCreate } from '../../objects/create/openCreate'
import css from './today.module.css'

/** In a workspace without a company or a deal, what one does first; otherwise what stands in its place. */
export function FirstSteps({ otherwise }: { otherwise: ReactNode }) {
  const { t } = useLingui()
  const model = useModel()
  const company = model.object('company')
  const deal = model.object('deal')
  const companies = useQuery(
    shortListQuery('company', company?.path ?? '', { limit: 1 }, Boolean(company?.access.read)),
  )
  const deals = useQuery(shortListQuery('deal', deal?.path ?? '', { limit: 1 }, Boolean(deal?.access.read)))
  const isEmpty = companies.data?.items.length === 0 && deals.data?.items.length === 0
  if (!company || !deal || !isEmpty) return otherwise
  return (
    <section aria-label={t`First steps`}>
      <h2 className={css.group}>{t`First steps`}</h2>
      <ul className={css.steps}>
        {company.access.create && (
          <li>
            <Link to="/import" className={css.step}>
              <span className="grow">
                <span className={css.subject}>{t`Bring your data`}</span>
                <span
                  className={css.about}
                >{t`Companies, contacts and deals from a CSV or Excel file; it can be undone`}</span>
              </span>
              <IconArrowRight size={16} aria-hidden />
            </Link>
          </li>
        )}
        {model.object('user')?.access.create && (
          <li>
            <Link to="/settings/$page" params={{ page: 'people' }} className={css.step}>
              <span className="grow">
                <span className={css.subject}>{t`Invite your colleagues`}</span>
                <span className={css.about}>{t`Each with a role and a team`}</span>
              </span>
              <IconArrowRight size={16} aria-hidden />
            </Link>
          </li>
        )}
        {deal.access.create && (
          <li>
            <button type="button" className={css.step} onClick={() => openCreate({ object: 'deal' })}>
              <span className="grow">
                <span className={css.subject}>{t`Add your first deal`}</span>
                <span className={css.about}>{t`Its company is created on the way`}</span>
              </span>
              <IconArrowRight size={16} aria-hidden />
            </button>
          </li>
        )}
      </ul>
    </section>
  )
}
