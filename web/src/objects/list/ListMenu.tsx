import { useLingui } from '@lingui/react/macro'
import { ActionIcon } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import type { ObjectModel } from '../../api/model'
import type { SavedView } from '../../api/views'
import { MenuButton } from '../../kit/opens'
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
      <MenuButton
        position="bottom-end"
        target={
          <ActionIcon size={30} aria-label={t`More list actions`}>
            <IconDots size={17} />
          </ActionIcon>
        }
      >
        <ListMenuItems object={object} state={state} onName={setNaming} />
      </MenuButton>
      <Suspense>
        {naming && <SaveViewDialog object={object} state={state} view={naming} onClose={() => setNaming(null)} />}
      </Suspense>
    </>
  )
}
