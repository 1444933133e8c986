import { useLingui } from '@lingui/react/macro'
import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { Problem } from '../../api/client'
import { type Field, isLinkType, type ObjectModel, type RecordData } from '../../api/model'
import { readRecord, refresh, updateRecord } from '../../api/records'
import { forWrite, sameValue } from '../../fields/write'
import { problemText } from '../problem'
import { useUndo } from '../useUndo'
import { openConflict } from './conflict'

/** Null when saved; otherwise why not, to be shown where it was typed. */
export type SaveField = (record: RecordData, field: Field, value: unknown, version?: number) => Promise<string | null>

/** One field of one record: shown at once, undone by one click, explained when refused. */
export function useSaveField(object: ObjectModel): SaveField {
  const { t } = useLingui()
  const client = useQueryClient()
  const tellDone = useUndo()
  return useCallback(
    async (record, field, value, version = record.version) => {
      if (sameValue(record[field.name], value)) return null
      // Whoever chooses his own value has seen the other's, and no later one: that would be the next conflict.
      const save = async (seen: number): Promise<void> => {
        try {
          const answer = await updateRecord(client, {
            object,
            id: record.id,
            values: { [field.name]: forWrite(field, value) },
            shown: { [field.name]: value },
            version: seen,
          })
          tellDone(t`${field.label} updated`, [answer.correlation])
          refresh(client, object.name, record.id)
        } catch (error) {
          if (!(error instanceof Problem) || error.status !== 409) throw error
          const expand = isLinkType(field) ? field.name : undefined
          const current = await readRecord(object, record.id, expand).catch(() => null)
          openConflict({
            object,
            field,
            mine: value,
            theirs: current?.[field.name],
            by: typeof current?.updated_by === 'string' ? current.updated_by : null,
            keepMine: () => save(current?.version ?? seen),
            takeTheirs: () => refresh(client, object.name, record.id),
          })
        }
      }
      try {
        await save(version)
        return null
      } catch (error) {
        return (error instanceof Problem && error.field(field.name)) || problemText(error)
      }
    },
    [client, object, t, tellDone],
  )
}
