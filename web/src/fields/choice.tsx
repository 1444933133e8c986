import type { Field, Option } from '../api/model'
import type { ModelIndex } from '../api/ModelIndex'
import { Dot } from '../kit/Dot'
import { hueOf } from '../kit/hue'
import { Tag } from '../kit/Tag'
import { forChoice, forList } from './operators'
import type { FieldUi, Shown } from './ui'

/** A code that the model does not know is shown in plain words: channels add kinds. */
export function optionOf(code: string, field: Field, model: ModelIndex): Option {
  const found = model.options(field).find((option) => option.code === code)
  if (found) return found
  const label = code.replace(/_/g, ' ')
  return { code, label: label.charAt(0).toUpperCase() + label.slice(1) }
}

function mark(code: string, { field, model }: Shown) {
  const option = optionOf(code, field, model)
  if (field.emphasis) {
    return (
      <Tag key={code} hue={option.hue ?? hueOf(code)}>
        {option.label}
      </Tag>
    )
  }
  if (field.list && !field.options?.length) return <span key={code}>{option.label}</span>
  return (
    <Dot key={code} hue={option.hue ?? hueOf(code)}>
      {option.label}
    </Dot>
  )
}

const codes = (value: unknown): string[] => (Array.isArray(value) ? value : value ? [value] : []).map(String)

export const choice: FieldUi = {
  width: 136,
  cell: (shown) => {
    const [code] = codes(shown.value)
    return code ? mark(code, shown) : null
  },
  text: (shown) => {
    const [code] = codes(shown.value)
    return code ? optionOf(code, shown.field, shown.model).label : ''
  },
  editor: 'choice',
  atOnce: true,
  operators: forChoice,
}

export const choices: FieldUi = {
  width: 180,
  cell: (shown) => (
    <span className={shown.full ? 'wrap' : 'row clip'}>{codes(shown.value).map((code) => mark(code, shown))}</span>
  ),
  text: (shown) =>
    codes(shown.value)
      .map((code) => optionOf(code, shown.field, shown.model).label)
      .join(', '),
  editor: 'choices',
  operators: forList,
}
