import { useLingui } from '@lingui/react/macro'
import { IconLayoutKanban, IconPlus } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { lazy, memo, Suspense, useEffect, useRef, useState } from 'react'
import type { ObjectModel } from '../../api/model'
import type { ListState } from '../views/useListState'
import css from './page.module.css'

const SaveViewDialog = lazy(() =>
  import('../views/SaveViewDialog').then((module) => ({ default: module.SaveViewDialog })),
)

const drawn = 100

/** Views are links: each has its address, so they can be opened in a tab, shared and gone back to. */
export const ViewTabs = memo(function ViewTabs({ object, state }: { object: ObjectModel; state: ListState }) {
  const { t } = useLingui()
  const [saving, setSaving] = useState(false)
  const current = useRef<HTMLAnchorElement>(null)
  const { q, who, scope, period } = state.search
  useEffect(() => {
    // Once the page has been drawn: asking for places before would have it laid out twice.
    const timer = setTimeout(() => current.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' }), drawn)
    return () => clearTimeout(timer)
  }, [])
  return (
    <nav className={css.tabs} aria-label={t`Views`}>
      {state.views.map((view) => {
        const isCurrent = view.name === state.view.name
        return (
          <Link
            key={view.name}
            ref={isCurrent ? current : undefined}
            to="/o/$path"
            params={{ path: object.path }}
            search={{ view: view.name, q, who, scope, period }}
            className={css.tab}
            aria-current={isCurrent ? 'page' : undefined}
          >
            {view.shape === 'board' && <IconLayoutKanban size={14} aria-hidden />}
            {view.label}
          </Link>
        )
      })}
      <button type="button" className={css.tab} onClick={() => setSaving(true)}>
        <IconPlus size={14} aria-hidden />
        {t`View`}
      </button>
      <Suspense>{saving && <SaveViewDialog object={object} state={state} onClose={() => setSaving(false)} />}</Suspense>
    </nav>
  )
})
