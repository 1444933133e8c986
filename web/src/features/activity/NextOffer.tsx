import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { IconArrowRight, IconX } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { useModel } from '../../api/ModelContext'
import { Editor } from '../../fields/Editor'
import * as format from '../../kit/format'
import { isComposing, isTyping } from '../../kit/keyboard'
import { problemText } from '../../objects/problem'
import css from './activity.module.css'
import { useActivity } from './useActivity'

interface Props {
  about: { object: string; id: string }
  onClose: () => void
}

/** Right after something was logged or finished: what comes next, and when. Enter plans it, Escape leaves it. */
export function NextOffer({ about, onClose }: Props) {
  const { t } = useLingui()
  const model = useModel()
  const { log } = useActivity()
  const [text, setText] = useState('')
  const [day, setDay] = useState<string | null>(format.addDays(format.today(), 1))
  const [fault, setFault] = useState<string>()
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    // The answer may come late: whoever types elsewhere by now is left there.
    const timer = setTimeout(() => isTyping(document.activeElement) || input.current?.focus(), 30)
    return () => clearTimeout(timer)
  }, [])
  const field = model.field('activity', 'due_on')

  async function plan(): Promise<void> {
    if (!text.trim()) return
    try {
      await log({ kind: 'task', subject: text.trim(), due_on: day, about: [about] }, t`Next step planned`)
      onClose()
    } catch (error) {
      setFault(problemText(error))
    }
  }

  return (
    <form
      className={css.offer}
      aria-label={t`What comes next`}
      onSubmit={(event) => {
        event.preventDefault()
        void plan()
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !isComposing(event)) onClose()
      }}
    >
      <IconArrowRight size={16} aria-hidden />
      <input
        className={css.offerText}
        aria-label={t`Next step`}
        placeholder={t`What comes next?`}
        value={text}
        ref={input}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {field && (
        <span className={css.date}>
          <Editor
            field={{ ...field, label: t`Due`, required: false }}
            object="activity"
            label={t`Due`}
            value={day}
            onChange={(value) => setDay(value ? String(value) : null)}
          />
        </span>
      )}
      <Button type="submit" size="xs" disabled={!text.trim()}>
        <Trans>Plan</Trans>
      </Button>
      <button type="button" className={css.leave} aria-label={t`Nothing next`} onClick={onClose}>
        <IconX size={15} />
      </button>
      {fault && (
        <p className={css.fault} role="alert">
          {fault}
        </p>
      )}
    </form>
  )
}
