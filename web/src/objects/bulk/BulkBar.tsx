import { useLingui } from '@lingui/react/macro'
import { IconX } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import type { ObjectModel } from '../../api/model'
import * as format from '../../kit/format'
import { Selected } from '../list/Footer'
import type { Selection } from '../list/useSelection'
import type { ListState } from '../views/useListState'
import css from './bulk.module.css'
import { useBulk } from './useBulk'

const BulkEditDialog = lazy(() => import('./BulkEditDialog').then((module) => ({ default: module.BulkEditDialog })))

interface Props {
  object: ObjectModel
  state: ListState
  selection: Selection
  total: number | undefined
}

/** The dark bar over a list with something selected: one change for all of it. */
export function BulkBar({ object, state, selection, total }: Props) {
  const { t } = useLingui()
  const [editing, setEditing] = useState<string | null>(null)
  const bulk = useBulk(object, state, selection)
  const count = selection.all && total ? total : selection.ids.size
  if (selection.ids.size === 0) return null
  return (
    <>
      <div className={css.bar} role="toolbar" aria-label={t`With the selected records`}>
        <Selected count={count} />
        {total !== undefined && total > selection.ids.size && !selection.all && (
          <button type="button" className={css.button} onClick={selection.takeAll}>
            {t`Select all ${format.number(total)} matching`}
          </button>
        )}
        {object.access.update && object.owned && (
          <button type="button" className={css.button} onClick={() => setEditing('owner')}>
            {t`Assign`}
          </button>
        )}
        {object.access.update && (
          <button type="button" className={css.button} onClick={() => setEditing('')}>
            {t`Edit field`}
          </button>
        )}
        {object.access.delete && (
          <button type="button" className={css.button} onClick={() => void bulk.remove()}>
            {t`Delete`}
          </button>
        )}
        <button type="button" className={css.close} aria-label={t`Clear selection`} onClick={selection.clear}>
          <IconX size={15} />
        </button>
      </div>
      <Suspense>
        {editing !== null && (
          <BulkEditDialog
            object={object}
            count={count}
            field={editing || undefined}
            onClose={() => setEditing(null)}
            onApply={async (field, value) => {
              const fault = await bulk.edit(field, value)
              if (!fault) setEditing(null)
              return fault
            }}
          />
        )}
      </Suspense>
    </>
  )
}
