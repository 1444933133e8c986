import { plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ask } from '../../api/client'
import { useSession } from '../../api/ModelContext'
import { type Session, sessionQuery } from '../../api/session'
import { Dialog } from '../../kit/Dialog'
import { problemText } from '../../objects/problem'
import { SettingsFrame } from './SettingsFrame'
import css from './settings.module.css'

interface Removed {
  records: number
  kept: number
  binned: number
}

/** The sample company leaves with one button, and nothing of one's own goes with it. */
export function SamplePage() {
  const { t } = useLingui()
  const client = useQueryClient()
  const { workspace } = useSession()
  const [asking, setAsking] = useState(false)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<unknown>(null)
  const [removed, setRemoved] = useState<Removed>()

  async function remove(): Promise<void> {
    setBusy(true)
    setProblem(null)
    try {
      const { data } = await ask<Removed>('DELETE', '/sample')
      setRemoved(data)
      setAsking(false)
      client.setQueryData<Session>(
        sessionQuery.queryKey,
        (session) => session && { ...session, workspace: { ...session.workspace, has_sample: false } },
      )
      await client.invalidateQueries({ predicate: (query) => query.queryKey[0] !== 'session' })
    } catch (error) {
      setProblem(error)
    } finally {
      setBusy(false)
    }
  }

  return (
    <SettingsFrame
      title={t`Sample company`}
      lead={t`People, companies, deals and activities that show what Legame looks like when it is full. They leave together; what you and your colleagues made stays.`}
    >
      {removed && (
        <p className={css.text} role="status">
          {plural(removed.records, { one: '# sample record is gone.', other: '# sample records are gone.' })}{' '}
          {removed.kept > 0 &&
            plural(removed.kept, {
              one: '# stays, because your own records rest on it.',
              other: '# stay, because your own records rest on them.',
            })}{' '}
          {removed.binned > 0 &&
            plural(removed.binned, {
              one: '# record of your own could not be without one that went; it is in the bin.',
              other: '# records of your own could not be without one that went; they are in the bin.',
            })}
        </p>
      )}
      {!workspace.has_sample && !removed && <p className={css.text}>{t`There is no sample company here.`}</p>}
      {workspace.has_sample && (
        <Button color="red" onClick={() => setAsking(true)}>
          {t`Remove the sample company`}
        </Button>
      )}
      {asking && (
        <Dialog title={t`Remove the sample company?`} onClose={() => setAsking(false)}>
          <div className={css.form}>
            <p className={css.text}>
              {t`Everything that came with the sample company is removed for good. Records of your own stay; where they lead to one that goes, the link is cleared. This cannot be undone.`}
            </p>
            {problem !== null && (
              <p className={css.fault} role="alert">
                {problemText(problem)}
              </p>
            )}
            <div className={css.buttons}>
              <Button variant="default" data-autofocus onClick={() => setAsking(false)}>
                {t`Cancel`}
              </Button>
              <Button color="red" loading={busy} onClick={() => void remove()}>
                {t`Remove the sample company`}
              </Button>
            </div>
          </div>
        </Dialog>
      )}
    </SettingsFrame>
  )
}
