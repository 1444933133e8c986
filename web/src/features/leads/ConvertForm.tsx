import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { ask } from '../../api/client'
import type { Linked } from '../../api/model'
import { useModel } from '../../api/ModelContext'
import { useRunAction } from '../../objects/action/useRunAction'
import type { ActionFormProps } from '../../objects/Parts'
import { problemText } from '../../objects/problem'
import { convertInput } from './convertInput'
import { DealPart } from './DealPart'
import css from './leads.module.css'
import { type Choice, WhichOne } from './WhichOne'

interface Match {
  id: string
  title: string
  by?: string
  certain?: boolean
}

interface Trial {
  result?: {
    matches?: { companies?: Match[]; contacts?: Match[] }
    /** Where a deal begins that is not told where. */
    place?: { pipeline: Linked | null; stage: Linked | null }
  }
}

/** Of those that are there already, the one that is taken until told otherwise. */
const certain = (matches: Match[] | undefined) => matches?.find((match) => match.certain)

/** From an enquiry to a contact, a company and perhaps a deal: each new, or one that is there already. */
export function ConvertForm({ object, record, onClose }: ActionFormProps) {
  const { t } = useLingui()
  const model = useModel()
  const navigate = useNavigate()
  const run = useRunAction()
  const action = object.actions.find((candidate) => candidate.name === 'convert')
  const fields = new Map((action?.input ?? []).map((field) => [field.name, field]))
  const trial = useQuery({
    queryKey: ['convert', record.id, record.version],
    queryFn: async () =>
      (
        await ask<Trial>('POST', `/${object.path}/${record.id}/actions/convert?dry_run=true`, {
          body: { without_deal: true },
        })
      ).data,
    retry: false,
  })
  const matches = trial.data?.result?.matches
  const companyName = String(record.company_name ?? '')
  const [companyChoice, setCompany] = useState<Choice>()
  const [contactChoice, setContact] = useState<Choice>()
  const company = companyChoice ?? certain(matches?.companies) ?? (companyName ? 'new' : 'none')
  const contact = contactChoice ?? certain(matches?.contacts) ?? 'new'
  const [withDeal, setWithDeal] = useState(true)
  const place = trial.data?.result?.place
  const [typed, setTyped] = useState<Record<string, unknown>>({})
  const values: Record<string, unknown> = {
    deal_amount: record.estimated_amount ?? null,
    deal_name: companyName,
    deal_pipeline: place?.pipeline,
    deal_stage: place?.stage,
    ...typed,
  }
  const [problem, setProblem] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)

  async function submit(): Promise<void> {
    if (!action) return
    setBusy(true)
    setProblem(null)
    const input = convertInput({ company, contact, withDeal, values }, fields)
    try {
      const answer = await run(object, record, action, input)
      onClose()
      const made = answer.result ?? {}
      const [to, id] = made.deal
        ? ['deal', made.deal]
        : made.contact
          ? ['contact', made.contact]
          : ['company', made.company]
      const path = model.object(String(to))?.path
      if (path && typeof id === 'string') await navigate({ to: '/o/$path/$id', params: { path, id } })
    } catch (error) {
      setProblem(error)
      setBusy(false)
    }
  }

  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <WhichOne
        legend={model.object('company')?.label ?? ''}
        name={companyName}
        field={fields.get('company')}
        matches={matches?.companies ?? []}
        choice={company}
        optional
        onChange={setCompany}
      />
      <WhichOne
        legend={model.object('contact')?.label ?? ''}
        name={String(record[object.title] ?? '')}
        field={fields.get('contact')}
        matches={matches?.contacts ?? []}
        choice={contact}
        onChange={setContact}
      />
      <DealPart
        legend={model.object('deal')?.label ?? ''}
        fields={fields}
        values={values}
        wanted={withDeal}
        problem={problem}
        onWant={setWithDeal}
        onChange={(change) => setTyped((before) => ({ ...before, ...change }))}
      />
      {problem !== null && (
        <p className={css.fault} role="alert">
          {problemText(problem)}
        </p>
      )}
      <div className={css.buttons}>
        <span className={css.note}>{t`Activities, tags and source come along. The lead stays readable.`}</span>
        <Button variant="default" onClick={onClose}>
          {t`Cancel`}
        </Button>
        <Button type="submit" loading={busy} disabled={trial.isPending}>
          {action?.label}
        </Button>
      </div>
    </form>
  )
}
