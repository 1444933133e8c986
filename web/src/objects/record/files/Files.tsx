import { useLingui } from '@lingui/react/macro'
import { ActionIcon } from '@mantine/core'
import { IconFile, IconPaperclip, IconX } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import type { ObjectModel, RecordData } from '../../../api/model'
import { useModel } from '../../../api/ModelContext'
import { shortListQuery } from '../../../api/queries'
import { deleteRecord, refresh } from '../../../api/records'
import { bytes } from '../../../kit/bytes'
import { date } from '../../../kit/format'
import { showProblem } from '../../problem'
import { useUndo } from '../../useUndo'
import css from '../related.module.css'
import { useUpload } from './useUpload'

/** What is attached: opened by a click, added by a button or by dropping it anywhere on the page. */
export function Files({ object, record }: { object: ObjectModel; record: RecordData }) {
  const { t } = useLingui()
  const client = useQueryClient()
  const tellDone = useUndo()
  const input = useRef<HTMLInputElement>(null)
  const file = useModel().object('file')
  const { upload, left } = useUpload(object, record.id)
  const query = useQuery(
    shortListQuery(
      'file',
      'files',
      { filter: `${JSON.stringify(record.id)} in about`, sort: '-created_at', limit: 50 },
      Boolean(file?.access.read),
    ),
  )
  if (!file?.access.read) return null
  const files = query.data?.items ?? []

  async function remove(item: RecordData): Promise<void> {
    if (!file) return
    try {
      const answer = await deleteRecord(file, item.id)
      refresh(client, 'file')
      tellDone(t`${String(item.name)} removed`, [answer.correlation])
    } catch (error) {
      showProblem(error)
    }
  }

  return (
    <section className={css.list} data-empty={query.isSuccess && files.length === 0} aria-label={file.label_plural}>
      <div className={css.head}>
        <h2>{file.label_plural}</h2>
        <span className="dim num">{files.length > 0 ? files.length : ''}</span>
        <span className="grow" />
        {file.access.create && (
          <ActionIcon size={24} aria-label={t`Attach a file`} onClick={() => input.current?.click()}>
            <IconPaperclip size={14} />
          </ActionIcon>
        )}
      </div>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={t`Attach a file`}
        onChange={(event) => {
          const chosen = [...(event.currentTarget.files ?? [])]
          event.currentTarget.value = ''
          if (chosen.length > 0) void upload(chosen)
        }}
      />
      {left > 0 && <p className="dim" role="status">{t`Uploading…`}</p>}
      {files.map((item) => (
        <div key={item.id} className={css.file}>
          <IconFile size={16} aria-hidden />
          <a href={`/api/v1/files/${item.id}/content`} className={`${css.fileName} grow`} download={String(item.name)}>
            <span className="trunc">{String(item.name)}</span>
            <span className="dim num">
              {[bytes(Number(item.size ?? 0)), date(String(item.created_at).slice(0, 10))].join(' · ')}
            </span>
          </a>
          {file.access.delete && (
            <ActionIcon size={24} aria-label={t`Remove ${String(item.name)}`} onClick={() => void remove(item)}>
              <IconX size={14} />
            </ActionIcon>
          )}
        </div>
      ))}
    </section>
  )
}
