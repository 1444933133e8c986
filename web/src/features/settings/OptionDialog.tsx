import { useLingui } from '@lingui/react/macro'
import { Button, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { Dialog } from '../../kit/Dialog'
import { Dot } from '../../kit/Dot'
import { hues } from '../../kit/hue'
import { languages } from '../../kit/i18n'
import { problemText } from '../../objects/problem'
import { type EditableOption, meanings } from './choices'
import { useHueNames } from './useHueNames'
import css from './settings.module.css'

interface Props {
  option: EditableOption | null
  means: string[]
  onSave: (option: EditableOption) => Promise<void>
  onClose: () => void
}

/** One option: what it is called in each language, its colour, and what it means to the program. */
export function OptionDialog({ option, means, onSave, onClose }: Props) {
  const { t, i18n } = useLingui()
  const names = useHueNames()
  const [labels, setLabels] = useState<Record<string, string>>(option?.labels ?? {})
  const [hue, setHue] = useState<string | null>(option?.hue ?? null)
  const [meaning, setMeaning] = useState<string | null>(option?.means ?? null)
  const [problem, setProblem] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const own = languages.find((language) => language.code === i18n.locale)
  const ordered = own ? [own, ...languages.filter((language) => language !== own)] : languages

  async function save(): Promise<void> {
    setBusy(true)
    setProblem(null)
    const first = labels[i18n.locale] ?? ''
    try {
      // Where a language is left empty, the name in one's own stands for it.
      await onSave({ ...option, labels: { ...labels, en: labels.en || first }, hue, means: meaning })
      onClose()
    } catch (error) {
      setProblem(error)
      setBusy(false)
    }
  }

  return (
    <Dialog title={option ? t`Edit the option` : t`New option`} onClose={onClose}>
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        {ordered.map((language, place) => (
          <TextInput
            key={language.code}
            label={t`Name in ${language.name}`}
            lang={language.code}
            value={labels[language.code] ?? ''}
            required={place === 0}
            withAsterisk={false}
            data-autofocus={place === 0 || undefined}
            onChange={(event) => {
              const { value } = event.currentTarget
              setLabels((before) => ({ ...before, [language.code]: value }))
            }}
          />
        ))}
        <Select
          label={t`Colour`}
          clearable
          clearButtonProps={{ 'aria-label': t`Clear` }}
          data={hues.map((code) => ({ value: code, label: names[code] }))}
          renderOption={({ option: shown }) => <Dot hue={shown.value}>{shown.label}</Dot>}
          value={hue}
          onChange={setHue}
        />
        {means.length > 0 && (
          <Select
            label={t`Means`}
            description={t`What the program makes of it, for figures and reminders.`}
            required
            withAsterisk={false}
            allowDeselect={false}
            data={means.map((code) => ({ value: code, label: meanings[code] ? i18n._(meanings[code]) : code }))}
            value={meaning}
            onChange={setMeaning}
          />
        )}
        {problem !== null && (
          <p className={css.fault} role="alert">
            {problemText(problem)}
          </p>
        )}
        <div className={css.buttons}>
          <Button variant="default" onClick={onClose}>
            {t`Cancel`}
          </Button>
          <Button type="submit" loading={busy}>
            {t`Save`}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
