import { plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { IconArchive, IconArrowDown, IconArrowUp, IconPencil, IconRefresh } from '@tabler/icons-react'
import type { RecordData } from '../../api/model'
import { Dot } from '../../kit/Dot'
import * as format from '../../kit/format'
import { RowMenu } from './RowMenu'
import css from './settings.module.css'

interface Props {
  stages: RecordData[]
  mayChange: boolean
  kindLabel: (kind: unknown) => string
  onEdit: (stage: RecordData) => void
  onMove: (stage: RecordData, by: -1 | 1) => void
  onRetire: (stage: RecordData) => void
  onUse: (stage: RecordData) => void
}

/** The stages of one pipeline in their order, with the chance and the days that are usual. */
export function StageRows({ stages, mayChange, kindLabel, onEdit, onMove, onRetire, onUse }: Props) {
  const { t } = useLingui()
  const open = stages.filter((stage) => stage.active === true && stage.kind === 'open')
  return (
    <ol className={css.rows}>
      {stages.map((stage) => {
        const name = String(stage.name ?? '')
        const days = typeof stage.usual_days === 'number' ? stage.usual_days : undefined
        const at = open.indexOf(stage)
        const used = stage.active === true
        return (
          <li key={stage.id} className={css.stage} data-retired={!used}>
            <span className={css.name}>
              <Dot hue={typeof stage.hue === 'string' ? stage.hue : undefined}>{name}</Dot>
            </span>
            <span className={css.about}>
              {!used && t`Retired`}
              {used && stage.kind !== 'open' && kindLabel(stage.kind)}
              {used && stage.kind === 'open' && stage.probability != null && format.percent(String(stage.probability))}
              {used && days !== undefined && ` · ${plural(days, { one: '# usual day', other: '# usual days' })}`}
            </span>
            <RowMenu
              name={name}
              actions={
                mayChange
                  ? [
                      { label: t`Edit`, icon: <IconPencil size={15} />, run: () => onEdit(stage) },
                      at > 0 && { label: t`Move up`, icon: <IconArrowUp size={15} />, run: () => onMove(stage, -1) },
                      at >= 0 &&
                        at < open.length - 1 && {
                          label: t`Move down`,
                          icon: <IconArrowDown size={15} />,
                          run: () => onMove(stage, 1),
                        },
                      used
                        ? {
                            label: t`Retire`,
                            icon: <IconArchive size={15} />,
                            danger: true,
                            run: () => onRetire(stage),
                          }
                        : { label: t`Use again`, icon: <IconRefresh size={15} />, run: () => onUse(stage) },
                    ]
                  : []
              }
            />
          </li>
        )
      })}
    </ol>
  )
}
