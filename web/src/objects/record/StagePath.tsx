import { useLingui } from '@lingui/react/macro'
import { IconBulb, IconCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import type { ObjectModel, RecordData } from '../../api/model'
import { useModel } from '../../api/ModelContext'
import { shortListQuery } from '../../api/queries'
import { scopeOf } from '../../fields/editors/useLinkOptions'
import { linked } from '../../fields/link'
import { useMoves } from '../board/useMoves'
import { useParts } from '../Parts'
import css from './path.module.css'

const MissingDialog = lazy(() => import('../board/MissingDialog').then((module) => ({ default: module.MissingDialog })))

/** The way of a record through the steps of a tracked link, with what to do at the present one. */
export function StagePath({ object, record }: { object: ObjectModel; record: RecordData }) {
  const field = object.fields.find((candidate) => candidate.track && candidate.type === 'link')
  return field ? <Path key={field.name} object={object} record={record} fieldName={field.name} /> : null
}

function Path({ object, record, fieldName }: { object: ObjectModel; record: RecordData; fieldName: string }) {
  const { t } = useLingui()
  const model = useModel()
  const parts = useParts().of(object.name).board
  const field = object.fields.find((candidate) => candidate.name === fieldName)
  const target = model.object(field?.to)
  const scope = scopeOf(object, target, record)
  const has = (name: string) => target?.fields.some((candidate) => candidate.name === name) ?? false
  const steps = useQuery(
    shortListQuery(
      target?.name ?? '',
      target?.path ?? '',
      { filter: scope, sort: has('position') ? 'position' : target?.title },
      Boolean(target) && Boolean(scope),
    ),
  )
  const { move, missing, forget } = useMoves(object, field as NonNullable<typeof field>)
  if (!field || !target) return null
  // Its place is kept while the steps are on their way.
  if (!steps.data) return steps.isLoading ? <div className={css.path} data-waiting aria-hidden /> : null
  const current = linked(record[field.name])?.id
  const now = steps.data.items.find((step) => step.id === current)
  const onPath = steps.data.items.filter((step) => step.active !== false && (parts?.isColumn?.(step) ?? true))
  const closed = now && !onPath.includes(now) ? now : null
  const at = onPath.findIndex((step) => step.id === current)
  const titleOf = (step: RecordData) => String(step[target.title] ?? '')
  return (
    <div className={css.path}>
      <ol className={css.steps} aria-label={field.label}>
        {onPath.map((step, index) => (
          <li key={step.id} data-done={at >= 0 && index < at} data-now={index === at}>
            <button
              type="button"
              className={css.step}
              aria-current={index === at ? 'step' : undefined}
              disabled={!object.access.update || !field.writable}
              onClick={() => void move(record, { key: step.id, title: titleOf(step), hue: null, record: step })}
            >
              {at >= 0 && index < at && <IconCheck size={13} aria-label={t`done`} />}
              <span className="trunc">{titleOf(step)}</span>
            </button>
          </li>
        ))}
        {closed && (
          <li data-now data-kind={String(closed.kind ?? '')}>
            <span className={css.step}>{titleOf(closed)}</span>
          </li>
        )}
      </ol>
      {typeof now?.guidance === 'string' && now.guidance && (
        <p className={css.guidance}>
          <IconBulb size={15} aria-hidden />
          {now.guidance}
        </p>
      )}
      <Suspense>
        {missing && (
          <MissingDialog
            object={object}
            missing={missing}
            onClose={forget}
            onSave={(values) => void move(missing.record, missing.to, values)}
          />
        )}
      </Suspense>
    </div>
  )
}
