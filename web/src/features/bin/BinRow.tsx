import { plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { IconRestore } from '@tabler/icons-react'
import type { ObjectModel, RecordData } from '../../api/model'
import { linked } from '../../fields/link'
import { instant } from '../../kit/format'
import { Monogram } from '../../kit/Monogram'
import { titleOf } from '../../objects/list/TitleCell'
import css from './bin.module.css'

interface Props {
  object: ObjectModel
  record: RecordData
  person: boolean
  onRestore: () => void
  /** Only who may remove it for good. */
  onPurge?: () => void
}

const days = 30
const dayLong = 86_400_000

function daysLeft(since: string): number {
  return Math.max(0, Math.ceil(days - (Date.now() - Date.parse(since)) / dayLong))
}

/** One deleted record: who deleted it when, how long it stays, and the way back. */
export function BinRow({ object, record, person, onRestore, onPurge }: Props) {
  const { t } = useLingui()
  const title = titleOf(object, record)
  const since = String(record.deleted_at ?? record.updated_at)
  const by = linked(record.updated_by)?.title
  const left = daysLeft(since)
  return (
    <li className={css.row}>
      <Monogram name={title} person={person} size="medium" />
      <span className={css.words}>
        <span className={`${css.title} trunc`}>{title}</span>
        <span className={`${css.when} trunc`}>
          {[
            by ? t`Deleted by ${by}` : t`Deleted`,
            instant(since),
            plural(left, { one: '# day left', other: '# days left' }),
          ].join(' · ')}
        </span>
      </span>
      {onPurge && (
        <Button variant="subtle" color="gray" className={css.purge} onClick={onPurge}>
          {t`Delete for good`}
        </Button>
      )}
      <Button
        variant="default"
        leftSection={<IconRestore size={15} />}
        aria-label={t`Restore ${title}`}
        onClick={onRestore}
      >
        {t`Restore`}
      </Button>
    </li>
  )
}
