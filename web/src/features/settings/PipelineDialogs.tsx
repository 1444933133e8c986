import { useLingui } from '@lingui/react/macro'
import type { ObjectModel, RecordData } from '../../api/model'
import { linked } from '../../fields/link'
import { FormDialog } from './FormDialog'
import { type Place, RetireDialog } from './RetireDialog'

export type PipelineAsk =
  | { what: 'new-pipeline' }
  | { what: 'edit-pipeline' | 'retire-pipeline' | 'new-stage'; pipeline: RecordData }
  | { what: 'edit-stage' | 'retire-stage'; stage: RecordData }

interface Props {
  ask: PipelineAsk
  pipelines: ObjectModel
  stages: ObjectModel
  allPipelines: RecordData[]
  allStages: RecordData[]
  onClose: () => void
}

const pipelineFields = ['name', 'currency', 'teams', 'description']
const stageFields = ['name', 'probability', 'usual_days', 'forecast_category', 'hue', 'guidance']

/** The sheets of the page of pipelines. */
export function PipelineDialogs({ ask, pipelines, stages, allPipelines, allStages, onClose }: Props) {
  const { t } = useLingui()
  const of = (stage: RecordData) => linked(stage.pipeline)?.id
  const places = (offered: (stage: RecordData) => boolean): Place[] =>
    allPipelines
      .filter((pipeline) => pipeline.active === true)
      .map((pipeline) => ({
        group: String(pipeline.name ?? ''),
        items: allStages
          .filter((stage) => of(stage) === pipeline.id && stage.active === true && stage.kind === 'open')
          .filter(offered)
          .map((stage) => ({ value: stage.id, label: String(stage.name ?? '') })),
      }))
      .filter((place) => place.items.length > 0)
  switch (ask.what) {
    case 'new-pipeline':
      return <FormDialog object={pipelines} fields={pipelineFields} title={t`New pipeline`} onClose={onClose} />
    case 'edit-pipeline':
      return (
        <FormDialog
          object={pipelines}
          fields={pipelineFields}
          title={String(ask.pipeline.name ?? '')}
          record={ask.pipeline}
          onClose={onClose}
        />
      )
    case 'new-stage':
      return (
        <FormDialog
          object={stages}
          fields={['name', 'kind', ...stageFields.slice(1)]}
          title={t`New stage`}
          start={{ kind: 'open' }}
          also={{ pipeline: ask.pipeline.id, ...placeOfNew(allStages, ask.pipeline.id) }}
          onClose={onClose}
        />
      )
    case 'edit-stage':
      return (
        <FormDialog
          object={stages}
          fields={ask.stage.kind === 'open' ? stageFields : ['name', 'hue', 'guidance']}
          title={String(ask.stage.name ?? '')}
          record={ask.stage}
          onClose={onClose}
        />
      )
    case 'retire-stage':
      return (
        <RetireDialog
          object={stages}
          record={ask.stage}
          places={places((stage) => stage.id !== ask.stage.id)}
          onClose={onClose}
        />
      )
    case 'retire-pipeline':
      return (
        <RetireDialog
          object={pipelines}
          record={ask.pipeline}
          places={places((stage) => of(stage) !== ask.pipeline.id)}
          onClose={onClose}
        />
      )
  }
}

/** A new stage stands behind the open ones. */
function placeOfNew(all: RecordData[], pipeline: string): Record<string, unknown> {
  const open = all.filter((stage) => linked(stage.pipeline)?.id === pipeline && stage.kind === 'open')
  const last = Math.max(-1, ...open.map((stage) => Number(stage.position ?? 0)))
  return { position: last + 1 }
}
