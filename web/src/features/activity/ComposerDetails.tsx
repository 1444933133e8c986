import { useLingui } from '@lingui/react/macro'
import { NativeSelect } from '@mantine/core'
import { useModel } from '../../api/ModelContext'
import { Editor } from '../../fields/Editor'
import { Segmented } from '../../kit/Segmented'
import css from './activity.module.css'
import type { Draft } from './draft'

interface Props {
  draft: Draft
  onChange: (changes: Partial<Draft>) => void
}

/** Which outcomes make sense for which kind; the model has them all. */
const outcomes: Partial<Record<Draft['kind'], string[]>> = {
  call: ['connected', 'no_answer', 'busy', 'voicemail', 'wrong_number'],
  meeting: ['held', 'no_show', 'rescheduled', 'declined'],
}

/** When it was or will be, and what came of it. */
export function ComposerDetails({ draft, onChange }: Props) {
  const { t } = useLingui()
  const model = useModel()
  const day = model.field('activity', 'due_on')
  const repeat = model.field('activity', 'repeat')
  const outcome = model.field('activity', 'outcome')
  const canPlan = draft.kind === 'call' || draft.kind === 'meeting' || draft.kind === 'email'
  const wanted = outcomes[draft.kind]
  const offered = outcome && wanted ? model.options(outcome).filter((option) => wanted.includes(option.code)) : []
  const isPlan = draft.planned || draft.kind === 'task'
  return (
    <>
      {canPlan && (
        <Segmented
          label={t`Done or planned`}
          value={draft.planned ? 'plan' : 'log'}
          onChange={(value) => onChange({ planned: value === 'plan', day: null })}
          choices={[
            { value: 'log', label: t`Log` },
            { value: 'plan', label: t`Plan` },
          ]}
        />
      )}
      {!isPlan && offered.length > 0 && (
        <NativeSelect
          size="xs"
          aria-label={outcome?.label}
          data={[
            { value: '', label: t`Outcome` },
            ...offered.map((option) => ({ value: option.code, label: option.label })),
          ]}
          value={draft.outcome ?? ''}
          onChange={(event) => onChange({ outcome: event.currentTarget.value || null })}
        />
      )}
      {isPlan && repeat?.writable && (
        <NativeSelect
          size="xs"
          aria-label={repeat.label}
          data={[
            { value: '', label: t`Once` },
            { value: 'FREQ=DAILY', label: t`Every day` },
            { value: 'FREQ=WEEKLY', label: t`Every week` },
            { value: 'FREQ=WEEKLY;INTERVAL=2', label: t`Every two weeks` },
            { value: 'FREQ=MONTHLY', label: t`Every month` },
            { value: 'FREQ=MONTHLY;INTERVAL=3', label: t`Every three months` },
            { value: 'FREQ=YEARLY', label: t`Every year` },
          ]}
          value={draft.repeat ?? ''}
          onChange={(event) => onChange({ repeat: event.currentTarget.value || null })}
        />
      )}
      {draft.kind !== 'note' && day && (
        <span className={css.date}>
          <Editor
            field={{ ...day, label: isPlan ? t`Due` : t`Date`, required: false }}
            object="activity"
            label={isPlan ? t`Due` : t`Date`}
            hint={isPlan ? t`Tomorrow` : t`Now`}
            value={draft.day}
            onChange={(value) => onChange({ day: value ? String(value) : null })}
          />
        </span>
      )}
    </>
  )
}
