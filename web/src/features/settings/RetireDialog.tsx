import { plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { Button, Select } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Problem } from '../../api/client'
import type { ObjectModel, RecordData } from '../../api/model'
import { reportQuery } from '../../api/queries'
import { refresh, runAction } from '../../api/records'
import { Dialog } from '../../kit/Dialog'
import { Loading } from '../../kit/Loading'
import { problemText } from '../../objects/problem'
import { useUndo } from '../../objects/useUndo'
import css from './settings.module.css'

export interface Place {
  group: string
  items: { value: string; label: string }[]
}

interface Props {
  object: ObjectModel
  record: RecordData
  /** Where its deals may go. */
  places: Place[]
  onClose: () => void
}

/** Takes a stage or a pipeline out of use; says how many deals are there and asks where they go. */
export function RetireDialog({ object, record, places, onClose }: Props) {
  const { t } = useLingui()
  const client = useQueryClient()
  const tellDone = useUndo()
  const [to, setTo] = useState<string | null>(null)
  const [problem, setProblem] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const name = String(record.name ?? '')
  const filter = `${object.name} == ${JSON.stringify(record.id)} && status == "open"`
  const report = useQuery({ ...reportQuery({ object: 'deal', filter, measures: [{ fn: 'count' }] }), staleTime: 0 })
  const count = Number(report.data?.rows[0]?.count ?? 0)

  async function retire(): Promise<void> {
    setBusy(true)
    setProblem(null)
    try {
      const answer = await runAction(object, record.id, 'retire', to ? { to } : {})
      for (const changed of [object.name, 'stage', 'pipeline', 'deal']) refresh(client, changed)
      onClose()
      tellDone(t`${name} retired`, [answer.correlation], t`${name} retired`)
    } catch (error) {
      setProblem(error)
      setBusy(false)
    }
  }

  const fault = problem instanceof Problem ? problem.field('to') : undefined
  return (
    <Dialog title={t`Retire ${name}`} onClose={onClose}>
      {report.isPending ? (
        <Loading rows={2} />
      ) : (
        <form
          className={css.form}
          onSubmit={(event) => {
            event.preventDefault()
            void retire()
          }}
        >
          <p className={css.text}>
            {count > 0
              ? plural(count, {
                  one: '# open deal stands here. Where does it go?',
                  other: '# open deals stand here. Where do they go?',
                })
              : t`No open deal stands here. What is closed keeps its history.`}
          </p>
          {count > 0 && (
            <Select
              label={t`Deals go to`}
              data={places}
              value={to}
              onChange={setTo}
              required
              withAsterisk={false}
              allowDeselect={false}
              error={fault}
              data-autofocus
            />
          )}
          {problem !== null && !fault && (
            <p className={css.fault} role="alert">
              {problemText(problem)}
            </p>
          )}
          <div className={css.buttons}>
            <Button variant="default" onClick={onClose}>
              {t`Cancel`}
            </Button>
            <Button type="submit" color="red" loading={busy} disabled={count > 0 && !to}>
              {count > 0
                ? plural(count, { one: 'Move # deal and retire', other: 'Move # deals and retire' })
                : t`Retire`}
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  )
}
