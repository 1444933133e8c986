import { useLingui } from '@lingui/react/macro'
import { ActionIcon, Menu } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import type { ObjectModel } from '../../api/model'
import type { SavedView } from '../../api/views'
import type { ListState } from '../views/useListState'
import { ListMenuItems } from './ListMenuItems'

const SaveViewDialog = lazy(() =>
  import('../views/SaveViewDialog').then((module) => ({ default: module.SaveViewDialog })),
)

/** What else one can do with a whole list. */
export function ListMenu({ object, state }: { object: ObjectModel; state: ListState }) {
  const { t } = useLingui()
  const [naming, setNaming] = useState<SavedView | null>(null)
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon size={30} aria-label={t`More list actions`}>
            <IconDots size={17} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <ListMenuItems object={object} state={state} onName={setNaming} />
        </Menu.Dropdown>
      </Menu>
      <Suspense>
        {naming && <SaveViewDialog object={object} state={state} view={naming} onClose={() => setNaming(null)} />}
      </Suspense>
    </>
  )
}
