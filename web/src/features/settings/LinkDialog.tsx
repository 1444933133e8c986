import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useState } from 'react'
import type { RecordData } from '../../api/model'
import { Dialog } from '../../kit/Dialog'
import { problemText } from '../../objects/problem'
import css from './settings.module.css'
import { type Invitation, makeLink } from './invitations'
import { LinkBox } from './LinkBox'

/** A new link for somebody who lost his, or his password. Asks first, since the one sent before ends. */
export function LinkDialog({ person, onClose }: { person: RecordData; onClose: () => void }) {
  const { t } = useLingui()
  const [made, setMade] = useState<Invitation>()
  const [problem, setProblem] = useState<unknown>(null)
  const name = String(person.name ?? '')
  const invited = person.status === 'invited'

  async function make(): Promise<void> {
    setProblem(null)
    try {
      setMade(await makeLink({ user: person.id }))
    } catch (error) {
      setProblem(error)
    }
  }

  return (
    <Dialog title={invited ? t`Invitation for ${name}` : t`New password for ${name}`} onClose={onClose}>
      {made ? (
        <LinkBox invitation={made} name={name} onClose={onClose} />
      ) : (
        <div className={css.form}>
          <p className={css.text}>
            {invited
              ? t`A new link takes the place of the one sent before.`
              : t`${name} chooses a new password at a link that you send. The present password works until then; afterwards all open sessions end.`}
          </p>
          {problem !== null && (
            <p className={css.fault} role="alert">
              {problemText(problem)}
            </p>
          )}
          <div className={css.buttons}>
            <Button variant="default" onClick={onClose}>
              {t`Cancel`}
            </Button>
            <Button data-autofocus onClick={() => void make()}>
              {t`Make the link`}
            </Button>
          </div>
        </div>
      )}
    </Dialog>
  )
}
