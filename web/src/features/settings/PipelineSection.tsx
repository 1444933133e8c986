import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import {
  IconArchive,
  IconArrowDown,
  IconArrowUp,
  IconPencil,
  IconPlus,
  IconRefresh,
  IconStar,
} from '@tabler/icons-react'
import type { RecordData } from '../../api/model'
import { Tag } from '../../kit/Tag'
import type { PipelineAsk } from './PipelineDialogs'
import { RowMenu } from './RowMenu'
import css from './settings.module.css'
import { StageRows } from './StageRows'

interface Props {
  pipeline: RecordData
  stages: RecordData[]
  place: { first: boolean; last: boolean }
  mayChange: boolean
  kindLabel: (kind: unknown) => string
  onAsk: (ask: PipelineAsk) => void
  onChange: (object: 'pipeline' | 'stage', record: RecordData, values: Record<string, unknown>) => void
  onMove: (by: -1 | 1) => void
  onMoveStage: (stage: RecordData, by: -1 | 1) => void
}

/** One pipeline with its stages. */
export function PipelineSection(props: Props) {
  const { pipeline, stages, place, mayChange, kindLabel, onAsk, onChange, onMove, onMoveStage } = props
  const { t } = useLingui()
  const name = String(pipeline.name ?? '')
  const used = pipeline.active === true
  return (
    <section className={css.section} aria-label={name} data-retired={!used}>
      <div className={css.sectionHead}>
        <h2 className={css.heading}>{name}</h2>
        {pipeline.default === true && <Tag hue="pine">{t`Default`}</Tag>}
        {!used && <Tag hue="sand">{t`Retired`}</Tag>}
        <span className="grow" />
        {mayChange && used && (
          <Button
            variant="default"
            leftSection={<IconPlus size={15} />}
            onClick={() => onAsk({ what: 'new-stage', pipeline })}
          >
            {t`Add a stage`}
          </Button>
        )}
        <RowMenu
          name={name}
          actions={
            mayChange
              ? [
                  {
                    label: t`Edit`,
                    icon: <IconPencil size={15} />,
                    run: () => onAsk({ what: 'edit-pipeline', pipeline }),
                  },
                  used &&
                    pipeline.default !== true && {
                      label: t`Make it the default`,
                      icon: <IconStar size={15} />,
                      run: () => onChange('pipeline', pipeline, { default: true }),
                    },
                  used && !place.first && { label: t`Move up`, icon: <IconArrowUp size={15} />, run: () => onMove(-1) },
                  used &&
                    !place.last && { label: t`Move down`, icon: <IconArrowDown size={15} />, run: () => onMove(1) },
                  used &&
                    pipeline.default !== true && {
                      label: t`Retire`,
                      icon: <IconArchive size={15} />,
                      danger: true,
                      run: () => onAsk({ what: 'retire-pipeline', pipeline }),
                    },
                  !used && {
                    label: t`Use again`,
                    icon: <IconRefresh size={15} />,
                    run: () => onChange('pipeline', pipeline, { active: true }),
                  },
                ]
              : []
          }
        />
      </div>
      <StageRows
        stages={stages}
        mayChange={mayChange}
        kindLabel={kindLabel}
        onEdit={(stage) => onAsk({ what: 'edit-stage', stage })}
        onMove={onMoveStage}
        onRetire={(stage) => onAsk({ what: 'retire-stage', stage })}
        onUse={(stage) => onChange('stage', stage, { active: true })}
      />
    </section>
  )
}
