import { useLingui } from '@lingui/react/macro'
import { Menu } from '@mantine/core'
import { IconDownload, IconPencil, IconTrash, IconTrashX, IconUpload } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { ask } from '../../api/client'
import type { ObjectModel } from '../../api/model'
import { useSession } from '../../api/ModelContext'
import { deleteView, type SavedView } from '../../api/views'
import { showToast } from '../../kit/toast'
import { showProblem } from '../problem'
import { useUndo } from '../useUndo'
import { mayKeep } from '../views/mayKeep'
import type { ListState } from '../views/useListState'

interface Props {
  object: ObjectModel
  state: ListState
  onName: (view: SavedView) => void
}

/** What else one can do with a whole list. */
export function ListMenuItems({ object, state, onName }: Props) {
  const { t } = useLingui()
  const navigate = useNavigate()
  const client = useQueryClient()
  const tellDone = useUndo()
  const user = useSession().user
  const view = 'id' in state.view ? (state.view as SavedView) : null
  const saved = view && mayKeep(view, user) ? view : null
  const canExport = object.access.export

  async function exportView(): Promise<void> {
    try {
      const { data } = await ask<{ id?: string; file?: string; url?: string } | string>('POST', '/exports', {
        body: { object: object.name, format: 'csv', ...(state.all ? { filter: state.all } : {}) },
      })
      if (typeof data === 'string') return saveText(data, `${object.path}.csv`)
      const url = data.url ?? (data.file ? `/api/v1/files/${data.file}/content` : null)
      if (url) location.assign(url)
      else showToast({ message: t`The export is being written` })
    } catch (error) {
      showProblem(error)
    }
  }

  async function remove(id: string): Promise<void> {
    try {
      const answer = await deleteView(id)
      await client.invalidateQueries({ queryKey: ['views', object.name] })
      state.change({ view: undefined })
      tellDone(t`View deleted`, [answer.correlation])
    } catch (error) {
      showProblem(error)
    }
  }

  return (
    <>
      {object.access.create && (
        <Menu.Item
          leftSection={<IconUpload size={15} />}
          onClick={() => void navigate({ to: '/import', search: { object: object.name } })}
        >
          {t`Import from a file`}
        </Menu.Item>
      )}
      {canExport && (
        <Menu.Item leftSection={<IconDownload size={15} />} onClick={() => void exportView()}>
          {t`Export this view`}
        </Menu.Item>
      )}
      {saved && (
        <Menu.Item leftSection={<IconPencil size={15} />} onClick={() => onName(saved)}>
          {t`Rename or share this view`}
        </Menu.Item>
      )}
      {saved && (
        <Menu.Item leftSection={<IconTrashX size={15} />} onClick={() => void remove(saved.id)}>
          {t`Delete this view`}
        </Menu.Item>
      )}
      <Menu.Item
        leftSection={<IconTrash size={15} />}
        onClick={() => void navigate({ to: '/bin', search: { object: object.name } })}
      >
        {t`Open the bin`}
      </Menu.Item>
    </>
  )
}

function saveText(text: string, name: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv' }))
  const anchor = document.createElement('a')
  anchor.href = url
  anchor.download = name
  anchor.click()
  URL.revokeObjectURL(url)
}
