import { Trans, useLingui } from '@lingui/react/macro'
import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Navigate, useNavigate, useSearch } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { Problem } from '../../api/client'
import { setupQuery, signIn, signInAsDemo } from '../../api/session'
import { Loading } from '../../kit/Loading'
import { problemText } from '../../objects/problem'
import { Frame } from './Frame'
import css from './signin.module.css'

const most = 5

/** Signs in and goes back to where one wanted to be. */
export function SignInPage() {
  const { t } = useLingui()
  const client = useQueryClient()
  const navigate = useNavigate()
  const { to } = useSearch({ from: '/sign-in' })
  const setup = useQuery(setupQuery)
  const [fault, setFault] = useState<string>()
  const [busy, setBusy] = useState<string>()
  const [all, setAll] = useState(false)
  const demo = setup.data?.demo ?? []

  async function enter(name: string, run: () => Promise<void>): Promise<void> {
    setBusy(name)
    setFault(undefined)
    try {
      await run()
      client.clear()
      // Only a path of our own may be gone back to.
      await navigate({ href: to && /^\/(?!\/|sign-in)/.test(to) ? to : '/' })
    } catch (error) {
      const wrong = error instanceof Problem && error.status === 401
      setFault(wrong ? t`E-mail or password is wrong.` : problemText(error))
      setBusy(undefined)
    }
  }

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    void enter('form', () => signIn(String(form.get('email')), String(form.get('password'))))
  }

  if (setup.isPending) return <Loading rows={4} />
  if (setup.data?.needed) return <Navigate to="/setup" />
  return (
    <Frame title={t`Sign in`}>
      <form onSubmit={submit} className={css.form}>
        <TextInput
          name="email"
          type="email"
          size="sm"
          label={t`E-mail`}
          autoComplete="username"
          required
          withAsterisk={false}
          autoFocus
        />
        <PasswordInput
          name="password"
          size="sm"
          label={t`Password`}
          autoComplete="current-password"
          required
          withAsterisk={false}
          visibilityToggleButtonProps={{ 'aria-label': t`Show password`, tabIndex: 0 }}
        />
        {fault && (
          <p className={css.fault} role="alert">
            {fault}
          </p>
        )}
        <Button type="submit" size="sm" fullWidth loading={busy === 'form'}>
          {t`Sign in`}
        </Button>
      </form>
      {demo.length > 0 && (
        <section className={css.demo} aria-label={t`Sample company`}>
          <p className={css.note}>
            <Trans>This is the sample company. Look around as one of these people:</Trans>
          </p>
          {(all ? demo : demo.slice(0, most)).map((person) => (
            <Button
              key={person.email}
              variant="default"
              size="sm"
              fullWidth
              loading={busy === person.email}
              onClick={() => void enter(person.email, () => signInAsDemo(person.email))}
            >
              <span className={css.person}>
                <span className="trunc">{person.name}</span>
                <span className="dim">{person.role.replace(/_/g, ' ')}</span>
              </span>
            </Button>
          ))}
          {demo.length > most && !all && (
            <Button variant="subtle" color="gray" onClick={() => setAll(true)}>
              {t`All ${demo.length} people`}
            </Button>
          )}
        </section>
      )}
    </Frame>
  )
}
