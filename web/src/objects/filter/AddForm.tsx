import { useState } from 'react'
import type { Field, ObjectModel } from '../../api/model'
import type { AnyChip } from './expression'
import { FieldPicker } from './FieldPicker'
import { FilterForm } from './FilterForm'

/** First the field, then the question about it. */
export function AddForm({ object, onAdd }: { object: ObjectModel; onAdd: (chip: AnyChip) => void }) {
  const [picked, setPicked] = useState<{ path: string; field: Field } | null>(null)
  if (picked)
    return (
      <FilterForm
        field={picked.field}
        path={picked.path}
        object={object}
        onSave={onAdd}
        onBack={() => setPicked(null)}
      />
    )
  return (
    <FieldPicker object={object} onPick={(path, field) => setPicked({ path, field })} onRaw={(raw) => onAdd({ raw })} />
  )
}
