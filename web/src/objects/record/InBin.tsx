import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { ObjectModel } from '../../api/model'
import { refresh, runAction } from '../../api/records'
import { EmptyState } from '../../kit/EmptyState'
import { instant } from '../../kit/format'
import { showProblem } from '../problem'
import { useUndo } from '../useUndo'

/** What the server tells of a record in the bin to those who could see it before. */
export interface Bin {
  title: string | null
  deleted_at: string
  deleted_by: { id: string; name: string | null } | null
  may_restore: boolean
}

interface Props {
  object: ObjectModel
  id: string
  bin: Bin
  /** The way back to the list. */
  back: ReactNode
}

/** The page of a record in the bin: who put it there and when, and the way back for those who may. */
export function InBin({ object, id, bin, back }: Props) {
  const { t } = useLingui()
  const client = useQueryClient()
  const tellDone = useUndo()
  const [busy, setBusy] = useState(false)
  const title = bin.title ?? object.label
  const when = instant(bin.deleted_at)
  const who = bin.deleted_by?.name

  async function restore(): Promise<void> {
    setBusy(true)
    try {
      const { correlation } = await runAction(object, id, 'restore')
      refresh(client, object.name, id)
      tellDone(t`${title} restored`, [correlation], t`${title} restored`)
    } catch (error) {
      showProblem(error)
      setBusy(false)
    }
  }

  return (
    <EmptyState
      alone
      icon={<IconTrash size={20} />}
      title={t`${title} is in the bin`}
      text={who ? t`${who} deleted it on ${when}.` : t`It was deleted on ${when}.`}
      action={
        <>
          {bin.may_restore && (
            <Button loading={busy} onClick={() => void restore()}>
              {t`Restore`}
            </Button>
          )}
          {back}
        </>
      }
    />
  )
}
