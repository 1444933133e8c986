import { useLingui } from '@lingui/react/macro'
import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { Problem } from '../../api/client'
import { type FirstRun, setUp } from '../../api/session'
import { problemText } from '../../objects/problem'
import { Frame } from './Frame'
import { PlaceFields } from './PlaceFields'
import css from './signin.module.css'

const shortest = 12

/** The first run: names the workspace and its administrator. */
export function SetupPage() {
  const { t, i18n } = useLingui()
  const client = useQueryClient()
  const navigate = useNavigate()
  const [language, setLanguage] = useState(i18n.locale)
  const [currency, setCurrency] = useState(i18n.locale === 'zh' ? 'CNY' : 'EUR')
  const [zone, setZone] = useState(Intl.DateTimeFormat().resolvedOptions().timeZone)
  const [problem, setProblem] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const read = (name: string) => String(form.get(name) ?? '').trim()
    const first: FirstRun = {
      workspace: read('workspace'),
      name: read('name'),
      email: read('email'),
      password: String(form.get('password') ?? ''),
      currency,
      language,
      time_zone: zone,
    }
    setBusy(true)
    setProblem(null)
    try {
      await setUp(first)
      client.clear()
      await navigate({ to: '/' })
    } catch (error) {
      setProblem(error)
      setBusy(false)
    }
  }

  const fault = (name: string) => (problem instanceof Problem ? problem.field(name) : undefined)
  const placed = problem instanceof Problem && problem.fields.length > 0
  return (
    <Frame
      title={t`Welcome to Legame`}
      lead={t`A few answers, and your workspace is ready. All of them can be changed later.`}
    >
      <form onSubmit={(event) => void submit(event)} className={css.form}>
        <TextInput
          name="workspace"
          size="sm"
          label={t`Company`}
          required
          withAsterisk={false}
          autoComplete="organization"
          autoFocus
          error={fault('workspace')}
        />
        <PlaceFields
          language={language}
          currency={currency}
          zone={zone}
          onLanguage={setLanguage}
          onCurrency={setCurrency}
          onZone={setZone}
          fault={fault}
        />
        <TextInput
          name="name"
          size="sm"
          label={t`Your name`}
          required
          withAsterisk={false}
          autoComplete="name"
          error={fault('name')}
        />
        <TextInput
          name="email"
          type="email"
          size="sm"
          label={t`E-mail`}
          required
          withAsterisk={false}
          autoComplete="username"
          error={fault('email')}
        />
        <PasswordInput
          name="password"
          size="sm"
          label={t`Password`}
          description={t`At least ${shortest} characters`}
          minLength={shortest}
          required
          withAsterisk={false}
          autoComplete="new-password"
          error={fault('password')}
          visibilityToggleButtonProps={{ 'aria-label': t`Show password`, tabIndex: 0 }}
        />
        {problem !== null && !placed && (
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
