import { useLingui } from '@lingui/react/macro'
import type { RecordData } from '../../api/model'
import { Monogram } from '../../kit/Monogram'
import css from './activity.module.css'

interface Props {
  id: string
  people: RecordData[]
  chosen: number
  onPick: (name: string) => void
}

/** Colleagues behind an @; the focus stays in the text. */
export function MentionList({ id, people, chosen, onPick }: Props) {
  const { t } = useLingui()
  return (
    <div id={id} role="listbox" aria-label={t`Colleagues`} className={css.mentions}>
      {people.map((person, at) => (
        <div
          key={person.id}
          id={`${id}-${at}`}
          role="option"
          tabIndex={-1}
          aria-selected={at === chosen}
          onPointerDown={(event) => {
            event.preventDefault()
            onPick(String(person.name))
          }}
        >
          <Monogram name={String(person.name)} person />
          <span className="trunc grow">{String(person.name)}</span>
          <span className="dim trunc">{String(person.job_title ?? '')}</span>
        </div>
      ))}
    </div>
  )
}
