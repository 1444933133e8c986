import { useLingui } from '@lingui/react/macro'
import { IconPlus } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { RecordData } from '../../api/model'
import { useModel } from '../../api/ModelContext'
import { shortListQuery } from '../../api/queries'
import { refresh, updateRecord } from '../../api/records'
import { linked } from '../../fields/link'
import { HeadAction } from '../../kit/HeadAction'
import { Loading } from '../../kit/Loading'
import { showProblem } from '../../objects/problem'
import { Trouble } from '../../objects/Trouble'
import { useUndo } from '../../objects/useUndo'
import { moved, saveOrder } from './order'
import { type PipelineAsk, PipelineDialogs } from './PipelineDialogs'
import { PipelineSection } from './PipelineSection'
import { SettingsFrame } from './SettingsFrame'

const limit = 500

/** Pipelines and their stages: add, rename, put in order, retire. All of it holds at once for everybody. */
export function PipelinesPage() {
  const { t } = useLingui()
  const model = useModel()
  const client = useQueryClient()
  const tellDone = useUndo()
  const pipelines = model.object('pipeline')
  const stages = model.object('stage')
  const some = useQuery(
    shortListQuery(
      'pipeline',
      pipelines?.path ?? '',
      { sort: 'position,name', expand: 'teams', limit },
      Boolean(pipelines),
    ),
  )
  const steps = useQuery(
    shortListQuery('stage', stages?.path ?? '', { sort: 'position,name', expand: 'pipeline', limit }, Boolean(stages)),
  )
  const [ask, setAsk] = useState<PipelineAsk | null>(null)
  if (!pipelines || !stages) return null
  const objects = { pipeline: pipelines, stage: stages }
  const all = some.data?.items ?? []
  const active = all.filter((pipeline) => pipeline.active === true)
  const ordered = [...active, ...all.filter((pipeline) => pipeline.active !== true)]
  const of = (pipeline: RecordData) => {
    const own = (steps.data?.items ?? []).filter((stage) => linked(stage.pipeline)?.id === pipeline.id)
    const rank = (stage: RecordData) => (stage.active !== true ? 2 : stage.kind === 'open' ? 0 : 1)
    return [...own].sort((a, b) => rank(a) - rank(b))
  }

  async function change(object: 'pipeline' | 'stage', record: RecordData, values: Record<string, unknown>) {
    try {
      const answer = await updateRecord(client, { object: objects[object], id: record.id, values, shown: {} })
      refresh(client, object)
      tellDone(t`${String(record.name)} updated`, [answer.correlation])
    } catch (error) {
      showProblem(error)
    }
  }

  async function reorder(object: 'pipeline' | 'stage', list: RecordData[], at: number, by: -1 | 1): Promise<void> {
    try {
      const answer = await saveOrder(objects[object], moved(list, at, by))
      refresh(client, object)
      tellDone(t`Order changed`, [answer.correlation], t`Order changed`)
    } catch (error) {
      showProblem(error)
    }
  }

  const kinds = model.field('stage', 'kind')
  return (
    <SettingsFrame
      title={pipelines.label_plural}
      lead={t`The ways that deals go, stage by stage. What you change here holds at once for everybody; what is retired keeps its history.`}
      actions={
        pipelines.access.create && (
          <HeadAction
            primary
            icon={<IconPlus size={16} />}
            label={t`New pipeline`}
            onClick={() => setAsk({ what: 'new-pipeline' })}
          />
        )
      }
    >
      <Trouble of={[some, steps]} />
      {(some.isPending || steps.isPending) && <Loading />}
      {steps.data &&
        ordered.map((pipeline) => {
          const own = of(pipeline)
          const open = own.filter((stage) => stage.active === true && stage.kind === 'open')
          const at = active.indexOf(pipeline)
          return (
            <PipelineSection
              key={pipeline.id}
              pipeline={pipeline}
              stages={own}
              place={{ first: at === 0, last: at === active.length - 1 }}
              mayChange={stages.access.update}
              kindLabel={(kind) => kinds?.options?.find((option) => option.code === kind)?.label ?? String(kind)}
              onAsk={setAsk}
              onChange={(object, record, values) => void change(object, record, values)}
              onMove={(by) => void reorder('pipeline', active, at, by)}
              onMoveStage={(stage, by) => void reorder('stage', open, open.indexOf(stage), by)}
            />
          )
        })}
      {ask && (
        <PipelineDialogs
          ask={ask}
          pipelines={pipelines}
          stages={stages}
          allPipelines={all}
          allStages={steps.data?.items ?? []}
          onClose={() => setAsk(null)}
        />
      )}
    </SettingsFrame>
  )
}
