import { useLingui } from '@lingui/react/macro'
import { IconArrowRight, IconCheck } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useModel } from '../../api/ModelContext'
import { openCreate } from '../../objects/create/openCreate'
import { reachText } from '../../objects/reachText'
import css from './today.module.css'
import type { FirstStep } from './useFirstSteps'

interface Props {
  steps: FirstStep[]
  onLook: () => void
  onClose: () => void
}

/** What one does first, each ticked when it is done, until all is or one puts it away. */
export function FirstSteps({ steps, onLook, onClose }: Props) {
  const { t } = useLingui()
  const deal = useModel().object('deal')
  const reach = deal && reachText(deal)
  const words = {
    data: {
      subject: t`Bring your data`,
      about: t`Companies, contacts and deals from a CSV or Excel file; it can be undone`,
    },
    people: { subject: t`Invite your colleagues`, about: t`Each with a role and a team` },
    pipeline: { subject: t`Look at your pipeline`, about: t`Whether its stages are the way you sell` },
    deal: { subject: t`Add your first deal`, about: t`Its company is created on the way` },
  }
  const open = (step: FirstStep, inside: ReactNode) => {
    switch (step.name) {
      case 'data':
        return (
          <Link to="/import" className={css.step}>
            {inside}
          </Link>
        )
      case 'people':
        return (
          <Link to="/settings/$page" params={{ page: 'people' }} className={css.step}>
            {inside}
          </Link>
        )
      case 'pipeline':
        return (
          <Link to="/settings/$page" params={{ page: 'pipelines' }} className={css.step} onClick={onLook}>
            {inside}
          </Link>
        )
      case 'deal':
        return (
          <button type="button" className={css.step} onClick={() => openCreate({ object: 'deal' })}>
            {inside}
          </button>
        )
    }
  }
  return (
    <section aria-label={t`First steps`}>
      <div className={css.head}>
        <h2 className={css.group}>{t`First steps`}</h2>
        <button type="button" className={css.close} aria-label={t`Hide the first steps`} onClick={onClose}>
          {t`Hide`}
        </button>
      </div>
      <ul className={css.steps}>
        {steps.map((step) => (
          <li key={step.name}>
            {step.done ? (
              <div className={css.step} data-done>
                <IconCheck size={16} role="img" aria-label={t`Done`} />
                <span className="grow">{words[step.name].subject}</span>
              </div>
            ) : (
              open(
                step,
                <>
                  <span className="grow">
                    <span className={css.subject}>{words[step.name].subject}</span>
                    <span className={css.about}>{words[step.name].about}</span>
                  </span>
                  <IconArrowRight size={16} aria-hidden />
                </>,
              )
            )}
          </li>
        ))}
      </ul>
      {reach && steps.some((step) => step.name === 'deal' && !step.done) && <p className={css.reach}>{reach}</p>}
    </section>
  )
}
