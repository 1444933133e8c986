import { useLingui } from '@lingui/react/macro'
import { IconPlus } from '@tabler/icons-react'
import { useModel } from '../../api/ModelContext'
import * as format from '../../kit/format'
import { openCreate } from '../../objects/create/openCreate'
import css from './calendar.module.css'

interface Props {
  day: string
  label: string
  onOpen: (day: string) => void
}

/** The date leads to its day; the plus plans something on it. */
export function DayHead({ day, label, onOpen }: Props) {
  const { t } = useLingui()
  const activity = useModel().object('activity')
  const long = format.dateLong(day)
  // Whoever speaks to the page says what stands there, so the name has it too.
  const name = long.includes(label) ? long : `${label}, ${long}`
  return (
    <div className={css.dayHead} data-today={day === format.today()}>
      <button type="button" className={`${css.dayName} num`} aria-label={name} onClick={() => onOpen(day)}>
        {label}
      </button>
      {activity?.access.create && (
        <button
          type="button"
          className={css.plus}
          aria-label={t`Plan something on ${long}`}
          onClick={() =>
            openCreate({ object: 'activity', values: { kind: 'task', due_on: day }, onCreated: () => undefined })
          }
        >
          <IconPlus size={13} />
        </button>
      )}
    </div>
  )
}
