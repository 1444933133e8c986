import { useEffect, useRef, useState } from 'react'
import type { Field, ObjectModel, RecordData } from '../../api/model'
import { isEditable } from '../../fields'
import { useSaveField } from '../edit/useSaveField'

interface Refused {
  value: unknown
  fault: string
}

/** One field of a record edited in place: a value that was refused stays in the editor with the reason. */
export function useFieldEdit(
  object: ObjectModel,
  record: RecordData,
  field: Field | undefined,
  onEditing?: (on: boolean) => void,
) {
  const save = useSaveField(object)
  const [editing, setEditing] = useState(false)
  const [refused, setRefused] = useState<Refused | null>(null)
  const pencil = useRef<HTMLButtonElement>(null)
  const was = useRef(false)
  useEffect(() => {
    // Back to where one was, unless one has gone elsewhere.
    if (was.current && !editing && document.activeElement === document.body) pencil.current?.focus()
    was.current = editing
  }, [editing])
  return {
    pencil,
    editable: field !== undefined && isEditable(field) && object.access.update,
    editing,
    refused,
    start: () => {
      setEditing(true)
      onEditing?.(true)
    },
    cancel: () => {
      setEditing(false)
      setRefused(null)
      onEditing?.(false)
    },
    commit: async (next: unknown, version: number): Promise<void> => {
      if (!field) return
      setEditing(false)
      const fault = await save(record, field, next, version)
      setRefused(fault ? { value: next, fault } : null)
      if (fault) setEditing(true)
      else onEditing?.(false)
    },
  }
}
