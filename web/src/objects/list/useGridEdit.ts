import { useCallback, useState } from 'react'
import type { Field, ObjectModel, RecordData } from '../../api/model'
import { isEditable } from '../../fields'
import type { Cursor } from '../../kit/grid/types'
import { showToast } from '../../kit/toast'
import { t } from '@lingui/core/macro'
import type { Leave } from '../edit/InlineEditor'
import { useSaveField } from '../edit/useSaveField'

interface Refused {
  id: string
  field: string
  value: unknown
  fault: string
}

/** Editing in the cells of a grid: opens, saves, moves on, and opens again with the reason when refused. */
export function useGridEdit(object: ObjectModel, fields: Field[], cursor: Cursor, setCursor: (cursor: Cursor) => void) {
  const save = useSaveField(object)
  const [on, setOn] = useState(false)
  const [refusal, setRefusal] = useState<Refused | null>(null)

  const open = useCallback(
    (wanted: boolean) => {
      const field = fields[cursor.column]
      if (!wanted || !field) return setOn(false)
      if (isEditable(field) && object.access.update) return setOn(true)
      showToast({
        message: object.access.update ? t`${field.label} is worked out by itself` : t`You may read this, not change it`,
      })
    },
    [fields, cursor.column, object],
  )

  async function commit(
    record: RecordData,
    field: Field,
    value: unknown,
    version: number,
    leave: Leave,
  ): Promise<void> {
    setOn(false)
    setRefusal(null)
    const at = { ...cursor }
    if (leave !== 'stay') {
      const column = Math.max(0, Math.min(fields.length - 1, cursor.column + (leave === 'next' ? 1 : -1)))
      setCursor({ ...cursor, column })
    }
    const fault = await save(record, field, value, version)
    if (!fault) return
    setCursor(at)
    setRefusal({ id: record.id, field: field.name, value, fault })
    setOn(true)
  }

  return {
    on,
    open,
    close: () => {
      setOn(false)
      setRefusal(null)
    },
    refused: (id: string, field: string) => (refusal && refusal.id === id && refusal.field === field ? refusal : null),
    commit: (...args: Parameters<typeof commit>) => void commit(...args),
  }
}
