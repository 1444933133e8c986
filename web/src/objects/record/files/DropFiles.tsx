import { useLingui } from '@lingui/react/macro'
import { IconPaperclip } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import type { ObjectModel, RecordData } from '../../../api/model'
import { useModel } from '../../../api/ModelContext'
import css from '../related.module.css'
import { useUpload } from './useUpload'

const isFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false

/** Files dropped anywhere on the page are attached to its record. */
export function DropFiles({ object, record, title }: { object: ObjectModel; record: RecordData; title: string }) {
  const { t } = useLingui()
  const [over, setOver] = useState(false)
  const depth = useRef(0)
  const may = useModel().object('file')?.access.create ?? false
  const { upload } = useUpload(object, record.id)
  const send = useRef(upload)
  send.current = upload

  useEffect(() => {
    if (!may) return
    const enter = (event: DragEvent) => {
      if (!isFiles(event)) return
      depth.current += event.type === 'dragenter' ? 1 : -1
      setOver(depth.current > 0)
    }
    const move = (event: DragEvent) => {
      if (isFiles(event)) event.preventDefault()
    }
    const drop = (event: DragEvent) => {
      if (!isFiles(event)) return
      event.preventDefault()
      depth.current = 0
      setOver(false)
      const files = [...(event.dataTransfer?.files ?? [])]
      if (files.length > 0) void send.current(files)
    }
    const all = { dragenter: enter, dragleave: enter, dragover: move, drop }
    for (const [name, run] of Object.entries(all)) window.addEventListener(name as 'drop', run)
    return () => {
      for (const [name, run] of Object.entries(all)) window.removeEventListener(name as 'drop', run)
    }
  }, [may])

  if (!over) return null
  return (
    <div className={css.drop} role="status">
      <span>
        <IconPaperclip size={20} aria-hidden />
        {t`Drop to attach to ${title}`}
      </span>
    </div>
  )
}
