import { useLingui } from '@lingui/react/macro'
import { FileInput } from '@mantine/core'
import { useState } from 'react'
import { ask } from '../../api/client'
import type { RecordData } from '../../api/model'
import { linked } from '../link'
import { type EditorProps, inputProps } from './types'

export function FileEditor(props: EditorProps) {
  const { value, onChange } = props
  const { t } = useLingui()
  const [busy, setBusy] = useState(false)
  const held = linked(value)

  async function upload(file: File | null): Promise<void> {
    if (!file) return onChange(null)
    const body = new FormData()
    body.set('file', file)
    setBusy(true)
    try {
      const { data } = await ask<RecordData>('POST', '/files', { body })
      onChange({ id: data.id, title: file.name })
    } finally {
      setBusy(false)
    }
  }

  return (
    <FileInput
      {...inputProps(props)}
      size="xs"
      placeholder={busy ? t`Uploading…` : (held?.title ?? t`Choose a file`)}
      disabled={busy}
      clearable
      onChange={(file) => void upload(file)}
      clearButtonProps={{ 'aria-label': t`Clear` }}
    />
  )
}
