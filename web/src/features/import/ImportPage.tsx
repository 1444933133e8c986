import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useModel } from '../../api/ModelContext'
import { EmptyState } from '../../kit/EmptyState'
import { Loading } from '../../kit/Loading'
import { PageHeader } from '../../kit/PageHeader'
import { problemText } from '../../objects/problem'
import css from './import.module.css'
import { type Import, importQuery } from './importApi'
import { MapStep } from './MapStep'
import { ResultStep } from './ResultStep'
import { StartStep } from './StartStep'

/** Brings a file in: choose it, say what its columns are, look at what would happen, do it. It can be left and taken up again. */
export function ImportPage() {
  const { t } = useLingui()
  const model = useModel()
  const client = useQueryClient()
  const navigate = useNavigate()
  const { object, id } = useSearch({ from: '/workspace/import' })
  const query = useQuery(importQuery(id))
  const offered = model.model.objects.filter((candidate) => candidate.nav && candidate.access.create)
  const earlier = model.object('import')
  const targets = offered.filter((candidate) => candidate.nav !== 'settings')
  useEffect(() => {
    document.title = `${t`Import`} · Legame`
  }, [t])

  const take = (next: Import) => {
    client.setQueryData(importQuery(next.id).queryKey, next)
    if (next.id !== id) void navigate({ to: '/import', search: { id: next.id } })
    if (next.state === 'done' || next.state === 'undone') void client.invalidateQueries({ queryKey: ['list'] })
  }
  const current = query.data
  const target = model.object(current?.object)
  const steps = [t`File`, t`Columns`, t`Check`, t`Done`]
  const at = !current ? 0 : current.state === 'mapping' ? 1 : current.state === 'checked' ? 2 : 3
  return (
    <>
      <PageHeader
        title={t`Import from a file`}
        below={current && target ? `${current.name} → ${target.label_plural}` : undefined}
      >
        {earlier?.access.read && (
          <Button
            variant="default"
            component={Link}
            {...({
              to: '/o/$path',
              params: { path: earlier.path },
              search: { sort: '-created_at', filter: '', shape: 'table' },
            } as object)}
          >
            {t`All imports`}
          </Button>
        )}
      </PageHeader>
      <ol className={css.steps} aria-label={t`Steps`}>
        {steps.map((step, index) => (
          <li key={step} aria-current={index === at ? 'step' : undefined} data-done={index < at}>
            {step}
          </li>
        ))}
      </ol>
      <div className={css.page} tabIndex={0} role="region" aria-label={t`Import`}>
        {targets.length === 0 && (
          <EmptyState
            icon={<IconLock size={20} />}
            title={t`No access`}
            text={t`You may not create records, so there is nothing to import.`}
          />
        )}
        {!id && targets.length > 0 && <StartStep targets={targets} start={object} onStarted={take} />}
        {id && query.isPending && <Loading />}
        {query.isError && (
          <EmptyState
            icon={<IconLock size={20} />}
            title={t`The import could not be read`}
            text={problemText(query.error)}
          />
        )}
        {current && target && current.state === 'mapping' && (
          <MapStep current={current} target={target} onChanged={take} />
        )}
        {current && target && current.state !== 'mapping' && (
          <ResultStep current={current} target={target} onChanged={take} />
        )}
      </div>
    </>
  )
}
