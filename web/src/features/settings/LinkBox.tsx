import { useLingui } from '@lingui/react/macro'
import { Button, TextInput } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useState } from 'react'
import * as format from '../../kit/format'
import { say } from '../../kit/Live'
import css from './settings.module.css'
import { addressOf, type Invitation } from './invitations'

/** The link to pass on, told this once. Legame sends no mail of its own yet, and says so. */
export function LinkBox({ invitation, name, onClose }: { invitation: Invitation; name: string; onClose: () => void }) {
  const { t } = useLingui()
  const [copied, setCopied] = useState(false)
  const address = addressOf(invitation)
  const until = format.date(invitation.expires_at)

  async function copy(): Promise<void> {
    await navigator.clipboard?.writeText(address)
    setCopied(true)
    say(t`Link copied`)
  }

  return (
    <div className={css.form}>
      <p className={css.text}>
        {t`Legame sends no e-mail by itself: send this link to ${name} yourself. It sets a password, works once and until ${until}. It is shown only now.`}
      </p>
      <TextInput
        label={t`Link`}
        value={address}
        readOnly
        data-autofocus
        onFocus={(event) => event.currentTarget.select()}
      />
      <div className={css.buttons}>
        <Button
          variant="default"
          leftSection={copied ? <IconCheck size={15} /> : <IconCopy size={15} />}
          onClick={() => void copy()}
        >
          {copied ? t`Copied` : t`Copy link`}
        </Button>
        <Button onClick={onClose}>{t`Done`}</Button>
      </div>
    </div>
  )
}
