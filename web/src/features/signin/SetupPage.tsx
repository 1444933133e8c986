import { useLingui } from '@lingui/react/macro'
import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Navigate, useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { Problem } from '../../api/client'
import { type FirstRun, setUp, templatesQuery } from '../../api/session'
import { activate, isLanguage } from '../../kit/i18n'
import { problemText } from '../../objects/problem'
import { Frame } from './Frame'
import { guessPlace } from './place'
import { PlaceFields } from './PlaceFields'
import { TemplateField } from './TemplateField'
import css from './signin.module.css'

const shortest = 12
const shown = ['workspace', 'currency', 'time_zone', 'template', 'name', 'email', 'password']

/** The first run: names the workspace and its administrator. */
export function SetupPage() {
  const { t, i18n } = useLingui()
  const client = useQueryClient()
  const navigate = useNavigate()
  const [language, setLanguage] = useState(i18n.locale)
  const [place] = useState(() => guessPlace(navigator.languages))
  const [currency, setCurrency] = useState(place.currency)
  const [zone, setZone] = useState(Intl.DateTimeFormat().resolvedOptions().timeZone)
  const [chosen, setChosen] = useState('')
  const setup = useQuery(templatesQuery(language))
  const [problem, setProblem] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)

  const templates = setup.data?.templates ?? []
  const template = chosen || (templates[0]?.code ?? '')

  /** All that stands here speaks the chosen language from now on, what was typed stays. */
  function speak(code: string): void {
    setLanguage(code)
    if (isLanguage(code)) void activate(code)
  }

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
      ...(place.country ? { country: place.country } : {}),
      ...(template ? { template } : {}),
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
  const placed = shown.some((name) => fault(name))
  if (setup.data && !setup.data.needed && !busy) return <Navigate to="/sign-in" search={{}} />
  return (
    <Frame title={t`Welcome to Legame`} lead={t`A few answers, and your workspace is ready.`}>
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
          onLanguage={speak}
          onCurrency={setCurrency}
          onZone={setZone}
          fault={fault}
        />
        {templates.length > 0 && (
          <TemplateField templates={templates} value={template} fault={fault('template')} onChange={setChosen} />
        )}
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
