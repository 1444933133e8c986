import { useMemo } from 'react'
import type { Field, ObjectModel, RecordData } from '../../api/model'
import { useModel } from '../../api/ModelContext'
import { fieldUi, isEditable } from '../../fields'
import { check } from '../../kit/grid/Row'
import type { GridColumn } from '../../kit/grid/types'
import { useParts } from '../Parts'
import { readSort } from '../views/sort'
import type { ListState } from '../views/useListState'
import { cellOf } from './Cell'

const titleWidth = 264

/** The columns of a view as the grid draws them. */
export function useColumns(object: ObjectModel, state: ListState, fields: Field[]): GridColumn<RecordData>[] {
  const model = useModel()
  const parts = useParts()
  const { widths, pinned, sort } = state
  return useMemo(() => {
    const keys = readSort(sort)
    let left = check
    return fields.map((field, at) => {
      const width = widths.of(field.name, field.name === object.title ? titleWidth : fieldUi(field).width)
      const key = keys.find((one) => one.field === field.name)
      const column: GridColumn<RecordData> = {
        id: field.name,
        label: field.label,
        width,
        end: fieldUi(field).end,
        sortable: field.sortable !== false,
        sorted: key && (key.desc ? 'desc' : 'asc'),
        order: key && keys.length > 1 ? keys.indexOf(key) + 1 : undefined,
        left: at < pinned ? left : undefined,
        edge: at === Math.min(pinned, fields.length) - 1,
        editable: isEditable(field) && object.access.update,
        cell: (record) => parts.cell?.(field, record) ?? cellOf(model, object, field, record),
      }
      left += width
      return column
    })
  }, [fields, widths, pinned, model, object, parts, sort])
}
