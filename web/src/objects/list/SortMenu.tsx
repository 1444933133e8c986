import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { IconArrowsSort } from '@tabler/icons-react'
import { lazy, Suspense } from 'react'
import type { ObjectModel } from '../../api/model'
import { MenuButton } from '../../kit/opens'
import { readSort } from '../views/sort'
import type { ListState } from '../views/useListState'

const SortForm = lazy(() => import('./SortForm').then((module) => ({ default: module.SortForm })))

export function SortMenu({ object, state }: { object: ObjectModel; state: ListState }) {
  const { t } = useLingui()
  const [first, second] = readSort(state.sort)
  const current = object.fields.find((field) => field.name === first?.field)
  return (
    <MenuButton
      closeOnItemClick={false}
      width={240}
      list={{ mah: 380, style: { overflowY: 'auto' } }}
      target={
        <Button variant="subtle" color="gray" leftSection={<IconArrowsSort size={15} />}>
          {current?.label ?? t`Sort`}
          {second && <span className="dim">&nbsp;+ 1</span>}
        </Button>
      }
    >
      <Suspense>
        <SortForm object={object} state={state} />
      </Suspense>
    </MenuButton>
  )
}
