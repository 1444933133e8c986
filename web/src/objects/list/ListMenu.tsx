import { useLingui } from '@lingui/react/macro'
import { ActionIcon, Menu } from '@mantine/core'
import { IconDots, IconDownload, IconTrash, IconUpload } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { ask } from '../../api/client'
import type { ObjectModel } from '../../api/model'
import { deleteView } from '../../api/views'
import { showToast } from '../../kit/toast'
import { showProblem } from '../problem'
import { useUndo } from '../useUndo'
import type { ListState } from '../views/useListState'

/** What else one can do with a whole list. */
export function ListMenu({ object, state }: { object: ObjectModel; state: ListState }) {
  const { t } = useLingui()
  const navigate = useNavigate()
  const client = useQueryClient()
  const tellDone = useUndo()
  const saved = 'id' in state.view && typeof state.view.id === 'string' ? state.view.id : null
  const canExport = object.access.export
  if (!object.access.create && !canExport && !saved) return null

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
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon size={30} aria-label={t`More list actions`}>
          <IconDots size={17} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
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
          <Menu.Item leftSection={<IconTrash size={15} />} onClick={() => void remove(saved)}>
            {t`Delete this view`}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
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
