import { useLingui } from '@lingui/react/macro'
import { Link, useSearch } from '@tanstack/react-router'
import { useModel } from '../../api/ModelContext'
import { OptionsEditor } from './OptionsEditor'
import { editableChoices } from './choices'
import { SettingsFrame } from './SettingsFrame'
import css from './settings.module.css'

/** The lists that one chooses from: sources, reasons, phases … of every object. */
export function ChoicesPage() {
  const { t } = useLingui()
  const model = useModel()
  const { field: wanted = '' } = useSearch({ from: '/workspace/settings/$page' })
  const [objectName = '', fieldName = ''] = wanted.split('.')
  const object = model.object(objectName)
  const field = object && editableChoices(object).find((candidate) => candidate.name === fieldName)
  if (object && field) {
    return (
      <SettingsFrame title={`${object.label}: ${field.label}`} back="choices" lead={field.help ?? undefined}>
        <OptionsEditor object={object} field={field} />
      </SettingsFrame>
    )
  }
  const objects = model.model.objects.filter(
    (candidate) => candidate.nav && candidate.access.update && editableChoices(candidate).length > 0,
  )
  return (
    <SettingsFrame
      title={t`Lists of choices`}
      lead={t`What one chooses from, such as sources and reasons: add, rename in every language, put in order, retire.`}
    >
      {objects.map((candidate) => (
        <section key={candidate.name} className={css.section} aria-label={candidate.label_plural}>
          <h2 className={css.heading}>{candidate.label_plural}</h2>
          <ul className={css.links}>
            {editableChoices(candidate).map((choice) => (
              <li key={choice.name}>
                <Link
                  to="/settings/$page"
                  params={{ page: 'choices' }}
                  search={{ field: `${candidate.name}.${choice.name}` }}
                  className={css.choice}
                >
                  <span>{choice.label}</span>
                  <span className={css.about}>
                    {(choice.options ?? [])
                      .filter((option) => !option.retired)
                      .map((option) => option.label)
                      .join(', ')}
                  </span>
                </Link>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </SettingsFrame>
  )
}
