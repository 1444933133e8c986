import css from './Segmented.module.css'

interface Props<V extends string> {
  label: string
  value: V
  choices: { value: V; label: string }[]
  onChange: (value: V) => void
}

/** Two or three choices side by side, one of them taken. */
export function Segmented<V extends string>({ label, value, choices, onChange }: Props<V>) {
  return (
    <div className={css.group} role="group" aria-label={label}>
      {choices.map((choice) => (
        <button
          key={choice.value}
          type="button"
          className={css.choice}
          aria-pressed={choice.value === value}
          onClick={() => onChange(choice.value)}
        >
          {choice.label}
        </button>
      ))}
    </div>
  )
}
