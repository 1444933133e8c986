import { TextInput } from '@mantine/core'
import { useLingui } from '@lingui/react/macro'
import { atZone, clock } from '../../kit/date'
import { dayOf } from '../../kit/format'
import { DateEditor } from './DateEditor'
import css from './editors.module.css'
import type { EditorProps } from './types'

export function InstantEditor(props: EditorProps) {
  const { value, onChange, label } = props
  const { t } = useLingui()
  const filled = typeof value === 'string' && value !== ''
  const date = filled ? dayOf(value) : null
  const time = filled ? clock(value) : '09:00'
  return (
    <span className={css.money}>
      <DateEditor {...props} value={date} onChange={(next) => onChange(next ? atZone(String(next), time) : null)} />
      <TextInput
        type="time"
        size="xs"
        variant={props.inline ? 'unstyled' : 'default'}
        aria-label={t`Time of ${label}`}
        value={filled ? time : ''}
        disabled={!date}
        onChange={(event) => date && event.currentTarget.value && onChange(atZone(date, event.currentTarget.value))}
      />
    </span>
  )
}
