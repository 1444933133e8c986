import { useLingui } from '@lingui/react/macro'
import { Button, Menu } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import type { ObjectModel } from '../../api/model'
import { useSession } from '../../api/ModelContext'
import { type SavedView, updateView } from '../../api/views'
import { MenuButton } from '../../kit/opens'
import { showProblem } from '../problem'
import { useUndo } from '../useUndo'
import { mayKeep } from './mayKeep'
import type { ListState } from './useListState'
import css from './views.module.css'

const SaveViewDialog = lazy(() => import('./SaveViewDialog').then((module) => ({ default: module.SaveViewDialog })))

/** A changed view offers Save, Save as new and Reset. */
export function ChangedView({ object, state }: { object: ObjectModel; state: ListState }) {
  const { t } = useLingui()
  const client = useQueryClient()
  const user = useSession().user
  const tellDone = useUndo()
  const [saving, setSaving] = useState(false)
  if (!state.changed) return null
  const saved = 'id' in state.view ? (state.view as SavedView) : null
  const mine = saved !== null && mayKeep(saved, user)

  async function save(): Promise<void> {
    if (!saved) return
    try {
      const answer = await updateView(saved.id, {
        filter: state.filter || null,
        sort: state.sort || null,
        columns: state.columns,
        widths: state.widths.list(),
        pinned: state.pinned,
        shape: state.shape,
        group: state.group,
      })
      await client.invalidateQueries({ queryKey: ['views', object.name] })
      state.reset()
      tellDone(t`View saved`, [answer.correlation])
    } catch (error) {
      showProblem(error)
    }
  }

  return (
    <>
      <MenuButton
        target={
          <Button variant="light" rightSection={<IconChevronDown size={13} />}>
            {t`Changed`}
          </Button>
        }
      >
        <Menu.Item disabled={!mine} onClick={() => void save()}>
          {t`Save`}
          {!mine && (
            <span className={css.why}>{saved ? t`This view is somebody else’s` : t`This view comes with Legame`}</span>
          )}
        </Menu.Item>
        <Menu.Item onClick={() => setSaving(true)}>{t`Save as new view`}</Menu.Item>
        <Menu.Item onClick={state.reset}>{t`Reset`}</Menu.Item>
      </MenuButton>
      <Suspense>{saving && <SaveViewDialog object={object} state={state} onClose={() => setSaving(false)} />}</Suspense>
    </>
  )
}
