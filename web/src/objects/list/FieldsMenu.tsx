import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { IconAdjustmentsHorizontal } from '@tabler/icons-react'
import { lazy, Suspense } from 'react'
import type { ObjectModel } from '../../api/model'
import { PopoverButton } from '../../kit/opens'
import type { ListState } from '../views/useListState'
import css from './fieldsMenu.module.css'

const FieldsForm = lazy(() => import('./FieldsForm').then((module) => ({ default: module.FieldsForm })))

/** Which columns the view has, and in which order. */
export function FieldsMenu({ object, state }: { object: ObjectModel; state: ListState }) {
  const { t } = useLingui()
  return (
    <PopoverButton
      width={280}
      className={css.box}
      target={
        <Button variant="subtle" color="gray" leftSection={<IconAdjustmentsHorizontal size={15} />}>
          {t`Fields`}
        </Button>
      }
    >
      {() => (
        <Suspense>
          <FieldsForm object={object} state={state} />
        </Suspense>
      )}
    </PopoverButton>
  )
}
