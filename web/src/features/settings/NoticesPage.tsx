import { useLingui } from '@lingui/react/macro'
import { Switch } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useSession } from '../../api/ModelContext'
import { type Session, savePreferences, sessionQuery } from '../../api/session'
import { showProblem } from '../../objects/problem'
import { SettingsFrame } from './SettingsFrame'
import css from './settings.module.css'

/** Which kinds of news the bell tells one: each can be switched off. */
export function NoticesPage() {
  const { t } = useLingui()
  const client = useQueryClient()
  const { user } = useSession()
  const known = user.preferences?.muted_notifications
  const muted: string[] = Array.isArray(known) ? known.map(String) : []
  const kinds = [
    {
      code: 'assigned',
      label: t`Somebody gives me a record`,
      about: t`A deal, a company, a task … that is mine from now on.`,
    },
    {
      code: 'mentioned',
      label: t`Somebody mentions me`,
      about: t`My name after an @ in a note or the text of an activity.`,
    },
    { code: 'reminder', label: t`It is time`, about: t`The reminder of an activity of mine that I asked for.` },
  ]

  const show = (kinds: string[]) =>
    client.setQueryData<Session>(
      sessionQuery.queryKey,
      (session) =>
        session && {
          ...session,
          user: { ...session.user, preferences: { ...session.user.preferences, muted_notifications: kinds } },
        },
    )

  /** Shown at once, put back when refused. */
  async function toggle(code: string): Promise<void> {
    const next = muted.includes(code) ? muted.filter((kind) => kind !== code) : [...muted, code]
    show(next)
    try {
      await savePreferences({ preferences: { muted_notifications: next } })
    } catch (error) {
      show(muted)
      showProblem(error)
    }
  }

  return (
    <SettingsFrame title={t`My notifications`} lead={t`What the bell tells me. It holds for me alone.`}>
      <ul className={css.rows}>
        {kinds.map(({ code, label, about }) => (
          <li key={code} className={css.switch}>
            <Switch
              label={label}
              description={about}
              checked={!muted.includes(code)}
              onChange={() => void toggle(code)}
            />
          </li>
        ))}
      </ul>
    </SettingsFrame>
  )
}
