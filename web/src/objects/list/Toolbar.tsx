import { useLingui } from '@lingui/react/macro'
import { ActionIcon } from '@mantine/core'
import { IconLayoutKanban, IconTable } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { lazy, memo, Suspense, useSyncExternalStore } from 'react'
import { Problem } from '../../api/client'
import type { ObjectModel } from '../../api/model'
import { FilterBar } from '../filter/FilterBar'
import { boardField } from '../views/defaults'
import type { ListState } from '../views/useListState'
import { FieldsMenu } from './FieldsMenu'
import css from './page.module.css'
import { PeriodMenu } from './PeriodMenu'
import { ScopeMenu } from './ScopeMenu'
import { SearchBox } from './SearchBox'
import { SortMenu } from './SortMenu'
import { WhoMenu } from './WhoMenu'

const ChangedView = lazy(() => import('../views/ChangedView').then((module) => ({ default: module.ChangedView })))

/** Everything that narrows or arranges the view. */
export const Toolbar = memo(function Toolbar({ object, state }: { object: ObjectModel; state: ListState }) {
  const { t } = useLingui()
  const isBoard = state.shape === 'board'
  const canBoard = boardField(object) !== undefined
  const period = object.period && object.fields.find((field) => field.name === object.period)
  const fault = useFilterFault(object, state)
  return (
    <div className={css.tools} role="toolbar" aria-label={t`View tools`}>
      {state.scope && <ScopeMenu scope={state.scope} state={state} required={isBoard} />}
      {object.owned && <WhoMenu state={state} />}
      {period && <PeriodMenu field={period} state={state} />}
      <FilterBar object={object} filter={state.filter} fault={fault} onChange={(filter) => state.change({ filter })} />
      <SortMenu object={object} state={state} />
      {!isBoard && <FieldsMenu object={object} state={state} />}
      <Suspense>{state.changed && <ChangedView object={object} state={state} />}</Suspense>
      <span className="grow" />
      {object.searched && <SearchBox value={state.q} onChange={(q) => state.change({ q: q || undefined })} />}
      {canBoard && (
        <ActionIcon
          variant="default"
          size={30}
          aria-label={isBoard ? t`Show as table` : t`Show as board`}
          title={isBoard ? t`Show as table` : t`Show as board`}
          onClick={() => state.change({ shape: isBoard ? 'table' : 'board', peek: undefined })}
        >
          {isBoard ? <IconTable size={16} /> : <IconLayoutKanban size={16} />}
        </ActionIcon>
      )}
    </div>
  )
})

/** What the server says about the filter of the list on screen. */
function useFilterFault(object: ObjectModel, state: ListState): string | undefined {
  const cache = useQueryClient().getQueryCache()
  const filter = state.all || undefined
  const read = () => {
    for (const query of cache.findAll({ queryKey: ['list', object.name], type: 'active' })) {
      const asked = query.queryKey[2] as { filter?: string }
      const { error } = query.state
      if (asked.filter === filter && error instanceof Problem) return error.field('filter')
    }
    return undefined
  }
  return useSyncExternalStore((changed) => cache.subscribe(changed), read)
}
