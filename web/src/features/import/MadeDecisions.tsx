import { useLingui } from '@lingui/react/macro'
import { ActionIcon } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type ObjectModel, target as linkTarget } from '../../api/model'
import { useModel } from '../../api/ModelContext'
import { recordQuery } from '../../api/queries'
import css from './decisions.module.css'
import type { Made } from './decide'

interface Props {
  all: Made[]
  target: ObjectModel
  /** Left empty, it becomes the importer's own. */
  isYours: (made: Made) => boolean
  onTakeBack: (made: Made) => void
}

/** What was decided already; each can be taken back. */
export function MadeDecisions({ all, target, isYours, onTakeBack }: Props) {
  const { t } = useLingui()
  return (
    <section aria-label={t`Decided`} className={css.decisions}>
      <h2 className={css.heading}>{t`Decided`}</h2>
      <ul className={css.rows}>
        {all.map((made) => (
          <li key={`${made.column.header} ${made.column.to} ${made.value}`} className={css.done}>
            <span className="dim">{made.column.header}</span>
            <span className={css.value}>{made.value}</span>
            <span>
              {made.decision.kind === 'create' && t`is created`}
              {made.decision.kind === 'refuse' && t`is refused`}
              {made.decision.kind === 'empty' && (isYours(made) ? t`becomes yours` : t`stays empty`)}
              {made.decision.kind === 'map' && <Meant to={made.decision.to} column={made.column.to} target={target} />}
            </span>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t`Take back what “${made.value}” becomes`}
              onClick={() => onTakeBack(made)}
            >
              <IconX size={15} />
            </ActionIcon>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** The name of what was chosen: a name as the file could have it, an option, or a record by its id. */
function Meant({ to, column, target }: { to: string; column?: string; target: ObjectModel }) {
  const { t } = useLingui()
  const model = useModel()
  const found = column ? model.walk(target.name, column) : undefined
  const own = model.field(target.name, column?.split('.')[0] ?? '')
  const field = own && linkTarget(own) && own.type !== 'reverse' ? own : found?.field
  const isId = /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(to)
  const object = model.object(field ? linkTarget(field) : undefined)
  const record = useQuery({
    ...recordQuery(object?.name ?? '', object?.path ?? '', to),
    enabled: isId && Boolean(object),
  })
  const label = field ? model.options(field).find((option) => option.code === to)?.label : undefined
  const name = isId ? String(record.data?.[object?.title ?? ''] ?? '…') : (label ?? to)
  return <>{t`is ${name}`}</>
}
