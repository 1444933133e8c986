import { useLingui } from '@lingui/react/macro'
import { Button, Textarea } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { Problem } from '../../api/client'
import { problemText } from '../../objects/problem'
import css from './rights.module.css'

interface Props {
  /** What the rule is about: the object and the right. */
  name: string
  start: string
  onSave: (rule: string) => Promise<void>
  onClose: () => void
}

interface Place {
  at: number
  length: number
  suggestion: string | null
}

/** A rule of one's own: an expression over one record. What is wrong with it stands below, marked in the text. */
export function RuleForm({ name, start, onSave, onClose }: Props) {
  const { t } = useLingui()
  const [typed, setTyped] = useState(start)
  const [problem, setProblem] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const field = useRef<HTMLTextAreaElement>(null)
  const place = problem instanceof Problem ? (problem.body.expression as Place[] | undefined)?.[0] : undefined

  // The menu that led here gives the focus back to its cell first.
  useEffect(() => {
    const timer = setTimeout(() => field.current?.focus(), 60)
    return () => clearTimeout(timer)
  }, [])

  async function save(): Promise<void> {
    setBusy(true)
    setProblem(null)
    try {
      await onSave(typed.trim())
      onClose()
    } catch (error) {
      setProblem(error)
      setBusy(false)
      const wrong = error instanceof Problem ? (error.body.expression as Place[] | undefined)?.[0] : undefined
      field.current?.focus()
      if (wrong) field.current?.setSelectionRange(...stretch(typed, wrong))
    }
  }

  function mend({ at, length, suggestion }: Place): void {
    const [from, to] = stretch(typed, { at, length })
    setTyped(typed.slice(0, from) + (suggestion ?? '') + typed.slice(to))
    setProblem(null)
    field.current?.focus()
  }

  return (
    <form
      className={css.ruleForm}
      aria-label={name}
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return
        if (event.key === 'Escape') {
          event.stopPropagation()
          onClose()
        }
        if (event.key === 'Enter' && !event.shiftKey && event.target === field.current) {
          event.preventDefault()
          void save()
        }
      }}
    >
      <Textarea
        ref={field}
        autosize
        minRows={1}
        maxRows={6}
        label={t`Rule: ${name}`}
        description={t`An expression that is true of the records that are meant, such as owner == me() && amount < 5000`}
        error={problem === null ? undefined : problemText(problem)}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        spellCheck={false}
        autoCapitalize="off"
        classNames={{ input: css.code, description: css.small, error: css.small }}
      />
      <div className={css.ruleButtons}>
        {place?.suggestion && (
          <Button variant="light" onClick={() => mend(place)}>
            {t`Write “${place.suggestion}”`}
          </Button>
        )}
        <span className="grow" />
        <Button variant="default" onClick={onClose}>
          {t`Cancel`}
        </Button>
        <Button type="submit" loading={busy}>
          {t`Save`}
        </Button>
      </div>
    </form>
  )
}

/** From bytes, in which the server counts, to characters. */
function stretch(text: string, { at, length }: Pick<Place, 'at' | 'length'>): [number, number] {
  const bytes = new TextEncoder().encode(text)
  const count = (end: number) => new TextDecoder().decode(bytes.slice(0, end)).length
  return [count(at), count(at + length)]
}
