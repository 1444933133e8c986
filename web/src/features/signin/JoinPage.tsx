import { useLingui } from '@lingui/react/macro'
import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { Problem } from '../../api/client'
import { acceptInvitation, invitationQuery } from '../../api/invitation'
import { Loading } from '../../kit/Loading'
import { problemText } from '../../objects/problem'
import { Frame } from './Frame'
import css from './signin.module.css'

const shortest = 12

/** Where a link of an administrator leads: one sets a password and is in. */
export function JoinPage() {
  const { t, i18n } = useLingui()
  const client = useQueryClient()
  const navigate = useNavigate()
  const [key] = useState(() => location.hash.slice(1))
  const link = useQuery(invitationQuery(key))
  const [problem, setProblem] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault()
    const password = String(new FormData(event.currentTarget).get('password') ?? '')
    setBusy(true)
    setProblem(null)
    try {
      await acceptInvitation(key, password, i18n.locale)
      client.clear()
      await navigate({ to: '/', replace: true })
    } catch (error) {
      setProblem(error)
      setBusy(false)
    }
  }

  if (link.isPending) return <Loading rows={4} />
  if (link.error) {
    return (
      <Frame title={t`This link does not work`} lead={problemText(link.error)}>
        <p className={css.note}>
          <Link to="/sign-in" search={{}}>
            {t`To the sign-in`}
          </Link>
        </p>
      </Frame>
    )
  }
  const { name, email, workspace, is_new: isNew } = link.data
  const fault = problem instanceof Problem ? problem.field('password') : undefined
  return (
    <Frame
      title={isNew ? t`Welcome, ${name}` : t`A new password`}
      lead={
        isNew
          ? t`You are invited to ${workspace}. Choose a password, and you are in.`
          : t`Choose a new password, and you are in.`
      }
    >
      <form onSubmit={(event) => void submit(event)} className={css.form}>
        <TextInput name="email" size="sm" label={t`E-mail`} value={email} readOnly autoComplete="username" />
        <PasswordInput
          name="password"
          size="sm"
          label={t`Password`}
          description={t`At least ${shortest} characters`}
          minLength={shortest}
          required
          withAsterisk={false}
          autoFocus
          autoComplete="new-password"
          error={fault}
          visibilityToggleButtonProps={{ 'aria-label': t`Show password`, tabIndex: 0 }}
        />
        {problem !== null && !fault && (
          <p className={css.fault} role="alert">
            {problemText(problem)}
          </p>
        )}
        <Button type="submit" size="sm" fullWidth loading={busy}>
          {t`Start`}
        </Button>
      </form>
    </Frame>
  )
}
