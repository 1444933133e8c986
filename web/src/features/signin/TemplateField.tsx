import { useLingui } from '@lingui/react/macro'
import type { Template } from '../../api/session'
import css from './signin.module.css'

interface Props {
  templates: Template[]
  value: string
  fault?: string
  onChange: (code: string) => void
}

/** The way that deals go at first, with its stages in sight. */
export function TemplateField({ templates, value, fault, onChange }: Props) {
  const { t } = useLingui()
  return (
    <fieldset className={css.choices}>
      <legend className={css.legend}>{t`First pipeline`}</legend>
      {templates.map((template) => (
        <label key={template.code} className={css.choice}>
          <input
            type="radio"
            name="template"
            value={template.code}
            checked={template.code === value}
            onChange={() => onChange(template.code)}
          />
          <span>
            {template.name}
            <span className={css.steps}>{template.steps.join(' → ')}</span>
          </span>
        </label>
      ))}
      {fault && (
        <p className={css.fault} role="alert">
          {fault}
        </p>
      )}
    </fieldset>
  )
}
