import { useLingui } from '@lingui/react/macro'
import { Button, Popover } from '@mantine/core'
import { IconAdjustmentsHorizontal } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import type { ObjectModel } from '../../api/model'
import type { ListState } from '../views/useListState'
import css from './fieldsMenu.module.css'

const FieldsForm = lazy(() => import('./FieldsForm').then((module) => ({ default: module.FieldsForm })))

/** Which columns the view has, and in which order. */
export function FieldsMenu({ object, state }: { object: ObjectModel; state: ListState }) {
  const { t } = useLingui()
  const [opened, setOpened] = useState(false)
  return (
    <Popover opened={opened} onChange={setOpened} width={280} position="bottom-start" trapFocus returnFocus>
      <Popover.Target>
        <Button
          variant="subtle"
          color="gray"
          leftSection={<IconAdjustmentsHorizontal size={15} />}
          onClick={() => setOpened(!opened)}
        >
          {t`Fields`}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={css.box}>
        <Suspense>{opened && <FieldsForm object={object} state={state} />}</Suspense>
      </Popover.Dropdown>
    </Popover>
  )
}
