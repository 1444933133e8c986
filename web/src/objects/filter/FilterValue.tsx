import { useLingui } from '@lingui/react/macro'
import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { type Field, isLinkType, type ObjectModel } from '../../api/model'
import { useModel } from '../../api/ModelContext'
import { Editor } from '../../fields/Editor'
import type { OperatorName } from '../../fields/operators'
import { currentPlace } from '../../kit/format'
import { parseNumber } from '../../kit/number'
import { LinkChecks } from './LinkChecks'
import { OptionChecks } from './OptionChecks'
import { periods } from './periods'

interface Props {
  field: Field
  object: ObjectModel
  op: OperatorName
  values: string[]
  onChange: (values: string[]) => void
}

const figures = ['integer', 'decimal', 'money', 'percent', 'rating']

/** What the field is compared with: options to tick, records to find, a number, a date, or words. */
export function FilterValue({ field, object, op, values, onChange }: Props) {
  const { t, i18n } = useLingui()
  const model = useModel()
  const [text, setText] = useState(values[0] ?? '')
  const options = model.options(field)
  if (op === 'period') {
    const offered = periods.names.map((name) => ({ code: name, label: i18n._(periods.label(name) ?? { id: name }) }))
    return <OptionChecks options={offered} values={values} onChange={(next) => onChange(next.slice(-1))} single />
  }
  if (options.length > 0) return <OptionChecks options={options} values={values} onChange={onChange} />
  if (isLinkType(field)) return <LinkChecks field={field} object={object} values={values} onChange={onChange} />
  if (field.type === 'date' || field.type === 'instant') {
    const plain: Field = { ...field, type: 'date', required: false }
    return (
      <Editor
        field={plain}
        object={object.name}
        label={field.label}
        value={values[0]?.slice(0, 10) ?? null}
        onChange={(next) => onChange(next ? [String(next)] : [])}
      />
    )
  }
  return (
    <TextInput
      aria-label={t`Value`}
      placeholder={t`Value`}
      autoFocus
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value)
        const typed = event.currentTarget.value
        const read = figures.includes(field.type) ? (parseNumber(typed, currentPlace().locale) ?? '') : typed
        onChange(read === '' ? [] : [read])
      }}
    />
  )
}
