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
const BulkDeleteDialog = lazy(() =>
  import('./BulkDeleteDialog').then((module) => ({ default: module.BulkDeleteDialog })),
)

interface Props {
  object: ObjectModel
  state: ListState
  selection: Selection
  total: number | undefined
}

/** As many as one may change at once without the right to change many. */
const few = 100

type Doing = { what: 'delete' } | { what: 'edit'; field?: string }

/** The dark bar over a list with something selected: one change for all of it. */
export function BulkBar({ object, state, selection, total }: Props) {
  const { t } = useLingui()
  const [doing, setDoing] = useState<Doing | null>(null)
  const bulk = useBulk(object, state, selection)
  const count = selection.all && total ? total : selection.ids.size
  const { update, delete: mayDelete, bulk: many } = object.access
  const tooMany = !many && count > few ? t`You may change at most ${few} at once` : undefined
  if (selection.ids.size === 0) return null
  return (
    <>
      <div className={css.bar} data-bulk-bar role="toolbar" aria-label={t`With the selected records`}>
        <Selected count={count} />
        {total !== undefined && total > selection.ids.size && !selection.all && (
          <button type="button" className={css.button} onClick={selection.takeAll}>
            {t`Select all ${format.number(total)} matching`}
          </button>
        )}
        {update && object.owned && (
          <button
            type="button"
            className={css.button}
            disabled={Boolean(tooMany)}
            title={tooMany}
            onClick={() => setDoing({ what: 'edit', field: 'owner' })}
          >
            {t`Assign`}
          </button>
        )}
        {update && (
          <button
            type="button"
            className={css.button}
            disabled={Boolean(tooMany)}
            title={tooMany}
            onClick={() => setDoing({ what: 'edit' })}
          >
            {t`Edit field`}
          </button>
        )}
        {mayDelete && (many || count === 1) && (
          <button type="button" className={css.button} onClick={() => setDoing({ what: 'delete' })}>
            {t`Delete`}
          </button>
        )}
        <button type="button" className={css.close} aria-label={t`Clear selection`} onClick={selection.clear}>
          <IconX size={15} />
        </button>
      </div>
      <Suspense>
        {doing?.what === 'edit' && (
          <BulkEditDialog
            object={object}
            bulk={bulk}
            count={count}
            field={doing.field}
            onClose={() => setDoing(null)}
          />
        )}
        {doing?.what === 'delete' && <BulkDeleteDialog object={object} bulk={bulk} onClose={() => setDoing(null)} />}
      </Suspense>
    </>
  )
}
