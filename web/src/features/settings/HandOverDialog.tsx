import { plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { Button, Select } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Problem } from '../../api/client'
import type { ObjectModel, RecordData } from '../../api/model'
import { refresh, runAction, updateRecord } from '../../api/records'
import { Dialog } from '../../kit/Dialog'
import { Loading } from '../../kit/Loading'
import { problemText } from '../../objects/problem'
import { useUndo } from '../../objects/useUndo'
import css from './settings.module.css'
import { useOpenWork } from './useOpenWork'

interface Props {
  users: ObjectModel
  person: RecordData
  /** Those who may take the work on. */
  colleagues: RecordData[]
  onClose: () => void
}

/** Somebody leaves: all sessions end, and what is still open goes to a colleague. The numbers stand there first. */
export function HandOverDialog({ users, person, colleagues, onClose }: Props) {
  const { t } = useLingui()
  const client = useQueryClient()
  const tellDone = useUndo()
  const work = useOpenWork(person.id)
  const [to, setTo] = useState<string | null>(null)
  const [problem, setProblem] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const name = String(person.name ?? '')
  const leaving = person.status !== 'deactivated'

  async function run(correlation: () => Promise<string | null>, told: string): Promise<void> {
    setBusy(true)
    setProblem(null)
    try {
      const done = await correlation()
      refresh(client, users.name, person.id)
      for (const { object } of work.counts) refresh(client, object.name)
      onClose()
      tellDone(told, [done], told)
    } catch (error) {
      setProblem(error)
      setBusy(false)
    }
  }

  const handOver = () =>
    run(
      async () => (await runAction(users, person.id, 'hand_over', { to, deactivate: leaving })).correlation,
      leaving ? t`${name} deactivated, the work handed over` : t`The work of ${name} handed over`,
    )
  const only = () =>
    run(async () => {
      const values = { status: 'deactivated' }
      return (await updateRecord(client, { object: users, id: person.id, values, shown: {} })).correlation
    }, t`${name} deactivated`)

  const fault = problem instanceof Problem ? problem.field('to') : undefined
  return (
    <Dialog title={leaving ? t`Deactivate ${name}` : t`Hand over the work of ${name}`} onClose={onClose}>
      {work.pending ? (
        <Loading rows={4} />
      ) : (
        <form
          className={css.form}
          onSubmit={(event) => {
            event.preventDefault()
            void handOver()
          }}
        >
          {leaving && <p className={css.text}>{t`All open sessions of ${name} end at once.`}</p>}
          {work.total > 0 ? (
            <>
              <p className={css.text}>{t`Still to be worked on:`}</p>
              <ul className={css.counts}>
                {work.counts.map(({ object, count }) => (
                  <li key={object.name}>
                    <span>{object.label_plural}</span>
                    <span className="num">{count}</span>
                  </li>
                ))}
              </ul>
              <Select
                label={t`Goes to`}
                description={t`What is closed and done stays with ${name}.`}
                searchable
                data={colleagues.map((one) => ({ value: one.id, label: String(one.name ?? '') }))}
                value={to}
                onChange={setTo}
                error={fault}
                data-autofocus
              />
            </>
          ) : (
            <p className={css.text}>{t`There is no open work to hand over.`}</p>
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
            {leaving && (
              <Button
                variant={work.total > 0 ? 'default' : 'filled'}
                color="red"
                loading={busy && !to}
                onClick={() => void only()}
              >
                {work.total > 0 ? t`Deactivate only` : t`Deactivate`}
              </Button>
            )}
            {work.total > 0 && (
              <Button type="submit" disabled={!to} loading={busy && Boolean(to)}>
                {plural(work.total, { one: 'Hand over # record', other: 'Hand over # records' })}
              </Button>
            )}
          </div>
        </form>
      )}
    </Dialog>
  )
}
