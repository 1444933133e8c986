import { useLingui } from '@lingui/react/macro'
import { IconPlus } from '@tabler/icons-react'
import { lazy, Suspense } from 'react'
import type { ObjectModel } from '../../api/model'
import { lower } from '../../kit/format'
import { HeadAction } from '../../kit/HeadAction'
import { useShortcuts } from '../../kit/keyboard'
import { cameAlong, fileOf } from '../../kit/later'
import { Loading } from '../../kit/Loading'
import { PageHeader } from '../../kit/PageHeader'
import { openCreate } from '../create/openCreate'
import { boardField } from '../views/defaults'
import { useListState } from '../views/useListState'
import { ListMenu } from './ListMenu'
import css from './page.module.css'
import { TableView } from './TableView'
import { Toolbar } from './Toolbar'
import { ViewTabs } from './ViewTabs'

const board = fileOf(() => import('../board/Board'))
if (cameAlong('Board')) board.fetch()
const Board = board.part('Board', <Loading rows={12} />)
const PeekPanel = lazy(() => import('../record/PeekPanel').then((module) => ({ default: module.PeekPanel })))

/** All records of one object, as a table or a board: the address says which and how. */
export function ObjectPage({ object }: { object: ObjectModel }) {
  const { t } = useLingui()
  const state = useListState(object)
  const create = () => openCreate({ object: object.name, values: presets(state) })
  useShortcuts(object.label_plural, [
    ...(object.access.create ? [{ keys: 'c', label: t`New ${lower(object.label)}`, run: create }] : []),
    {
      keys: 'f',
      label: t`Filter`,
      run: () => {
        const button = document.querySelector<HTMLElement>('[data-shortcut=filter]')
        // The focus comes back to where it was when the form opened.
        button?.focus()
        button?.click()
      },
    },
    {
      keys: '/',
      label: t`Search this list`,
      run: () => document.querySelector<HTMLElement>('[data-shortcut=search]')?.focus(),
    },
  ])
  const isBoard = state.shape === 'board' && boardField(object)
  return (
    <>
      <PageHeader title={object.label_plural}>
        {object.access.create && (
          <HeadAction primary icon={<IconPlus size={16} />} label={t`New ${lower(object.label)}`} onClick={create} />
        )}
        <ListMenu object={object} state={state} />
      </PageHeader>
      <ViewTabs object={object} state={state} />
      <Toolbar object={object} state={state} />
      <div className={css.body}>
        <div className={css.view}>
          {isBoard ? (
            <Board object={object} state={state} />
          ) : (
            <TableView key={state.view.name} object={object} state={state} />
          )}
        </div>
        {state.search.peek && (
          <Suspense>
            <PeekPanel object={object} id={state.search.peek} onClose={() => state.change({ peek: undefined })} />
          </Suspense>
        )}
      </div>
    </>
  )
}

/** A new record starts in the scope one is looking at. */
function presets(state: ReturnType<typeof useListState>): Record<string, unknown> {
  return state.scope && state.search.scope ? { [state.scope.field.name]: { id: state.search.scope } } : {}
}
