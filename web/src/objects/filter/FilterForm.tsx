import { useLingui } from '@lingui/react/macro'
import { Button, NativeSelect } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { useState } from 'react'
import type { Field, ObjectModel } from '../../api/model'
import { useModel } from '../../api/ModelContext'
import { fieldUi } from '../../fields'
import type { OperatorName } from '../../fields/operators'
import { isComposing } from '../../kit/keyboard'
import type { Chip } from './expression'
import css from './filter.module.css'
import { needsValue, operatorLabels } from './operatorLabels'
import { FilterValue } from './FilterValue'

interface Props {
  field: Field
  path: string
  object: ObjectModel
  start?: Chip
  onSave: (chip: Chip) => void
  onBack?: () => void
}

/** One condition: the field is given, the question and its values are chosen here. */
export function FilterForm({ field, path, object, start, onSave, onBack }: Props) {
  const { t, i18n } = useLingui()
  const model = useModel()
  const operators = fieldUi(field).operators
  const [op, setOp] = useState<OperatorName>(start?.op ?? operators[0] ?? 'is')
  const [values, setValues] = useState<string[]>(start?.values ?? [])
  const ready = !needsValue(op) || values.some((value) => value !== '')
  const save = () => ready && onSave({ path, op, values: needsValue(op) ? values : [] })
  const offered = operators.includes(op) ? operators : [op, ...operators]
  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.metaKey || event.ctrlKey) && !isComposing(event)) save()
      }}
    >
      <div className="row">
        {onBack && (
          <button type="button" className={css.back} aria-label={t`Choose another field`} onClick={onBack}>
            <IconArrowLeft size={15} />
          </button>
        )}
        <strong className="trunc grow">{model.walk(object.name, path)?.label ?? field.label}</strong>
      </div>
      <NativeSelect
        size="xs"
        aria-label={t`Condition`}
        data={offered.map((name) => ({ value: name, label: i18n._(operatorLabels[name]) }))}
        value={op}
        autoFocus={!needsValue(op)}
        onChange={(event) => {
          const next = event.currentTarget.value as OperatorName
          if ((next === 'period') !== (op === 'period')) setValues([])
          setOp(next)
        }}
      />
      {needsValue(op) && <FilterValue field={field} object={object} op={op} values={values} onChange={setValues} />}
      <Button type="submit" disabled={!ready} fullWidth>
        {t`Apply`}
      </Button>
    </form>
  )
}
