import { useLingui } from '@lingui/react/macro'
import { Button, Textarea } from '@mantine/core'
import { useState } from 'react'
import css from './filter.module.css'

/** The text of an expression, with what the server says about it. */
export function RawForm({ start, fault, onSave }: { start: string; fault?: string; onSave: (text: string) => void }) {
  const { t } = useLingui()
  const [typed, setTyped] = useState(start)
  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault()
        onSave(typed.trim())
      }}
    >
      <Textarea
        autoFocus
        autosize
        minRows={2}
        maxRows={8}
        label={t`Expression`}
        description={t`For example: amount > 1000 && company.country == "IT"`}
        error={fault}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        spellCheck={false}
      />
      <Button type="submit">{t`Apply`}</Button>
    </form>
  )
}
