import { t } from '@lingui/core/macro'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ask } from '../../../api/client'
import type { ObjectModel, RecordData } from '../../../api/model'
import { refresh } from '../../../api/records'
import { showProblem } from '../../problem'
import { useUndo } from '../../useUndo'

/** Sends files one after the other and attaches them to the record; how many are on the way. */
export function useUpload(object: ObjectModel, record: string) {
  const client = useQueryClient()
  const tellDone = useUndo()
  const [left, setLeft] = useState(0)

  async function upload(files: File[]): Promise<void> {
    const correlations: (string | null)[] = []
    setLeft(files.length)
    for (const file of files) {
      try {
        const body = new FormData()
        body.set('about', JSON.stringify([{ object: object.name, id: record }]))
        body.set('file', file)
        correlations.push((await ask<RecordData>('POST', '/files', { body })).correlation)
      } catch (error) {
        showProblem(error)
      }
      setLeft((count) => count - 1)
    }
    refresh(client, 'file')
    refresh(client, object.name, record)
    const [first] = files
    if (correlations.length > 0)
      tellDone(
        correlations.length === 1 && first ? t`${first.name} attached` : t`${correlations.length} files attached`,
        correlations,
      )
  }

  return { upload, left }
}
