import { Trans, useLingui } from '@lingui/react/macro'
import { Plural } from '@lingui/react/macro'
import { IconFlame, IconTrophy, IconX } from '@tabler/icons-react'
import type { RecordData } from '../../api/model'
import * as format from '../../kit/format'
import type { BoardParts, RecordPart } from '../../objects/Parts'
import css from './deals.module.css'
import { NextWord } from './NextWord'

const amountOf = (cell: unknown): number =>
  cell && typeof cell === 'object' && 'amount' in cell ? Number(cell.amount) : 0

/** How long the deal has stood in its stage, when that is longer than usual; the tooltip names rule and numbers. */
function StageAge({ record, group }: RecordPart & { group: RecordData | null }) {
  const { t } = useLingui()
  const since = typeof record.stage_since === 'string' ? record.stage_since : null
  if (!since || (record.temperature !== 'slow' && record.temperature !== 'rotten')) return null
  const days = -format.daysFromToday(since)
  const usual = Number(group?.usual_days ?? 0)
  const touched = typeof record.last_touch_at === 'string' ? format.ago(record.last_touch_at) : t`never`
  const next = typeof record.next_activity_at === 'string' ? format.date(record.next_activity_at) : t`nothing`
  const rule =
    record.temperature === 'rotten'
      ? t`Rotten: over 1.5 times the usual ${usual} d in this stage, or silent that long with nothing planned`
      : t`Slow: over the usual ${usual} d in this stage`
  const facts = t`In stage ${days} d; last touch: ${touched}; planned: ${next}`
  return (
    <span className={`${css.age} num`} title={`${rule}. ${facts}.`}>
      <IconFlame size={13} aria-hidden />
      <Trans>{days} d in stage</Trans>
    </span>
  )
}

const NextOnCard = ({ record }: RecordPart) => <NextWord at={record.next_activity_at} />

function Weighted({
  group,
  totals,
  currency,
}: {
  group: RecordData | null
  totals: Record<string, unknown>
  currency: string
}) {
  const weighted = format.moneyShort({ amount: String(amountOf(totals.sum_weighted)), currency })
  const probability =
    typeof group?.probability === 'number' || typeof group?.probability === 'string'
      ? format.percent(group.probability, 0)
      : ''
  return (
    <span>
      {probability ? (
        <Trans>
          {weighted} at {probability}
        </Trans>
      ) : (
        weighted
      )}
    </span>
  )
}

function ManyMarked({ count }: { count: number }) {
  return (
    <p className={css.many}>
      <IconFlame size={13} aria-hidden />
      <Plural value={count} one="# card has stood here too long" other="# cards have stood here too long" />
    </p>
  )
}

export const dealBoard: BoardParts = {
  isColumn: (stage) => stage.kind === 'open',
  measures: [{ fn: 'sum', field: 'weighted' }],
  columnNote: Weighted,
  solidShare: (stage) => Number(stage?.probability ?? 100) / 100,
  cardMark: StageAge,
  cardNext: NextOnCard,
  tint: { field: 'temperature', code: 'rotten' },
  tintedNote: ManyMarked,
  zones: [
    {
      name: 'lost',
      label: <Trans>Lost</Trans>,
      icon: <IconX size={17} aria-hidden />,
      tone: 'bad',
      action: 'close',
      input: { outcome: 'lost' },
    },
    {
      name: 'won',
      label: <Trans>Won</Trans>,
      icon: <IconTrophy size={17} aria-hidden />,
      tone: 'good',
      action: 'close',
      input: { outcome: 'won' },
    },
  ],
}

const asked: Record<string, string[]> = {
  won: ['closed_at', 'won_reason', 'close_note'],
  lost: ['lost_reason', 'lost_to', 'close_note', 'recall_on', 'closed_at'],
}

/** Closing asks for what fits its outcome. */
export function dealActionFields(action: string, input: Record<string, unknown>): string[] | undefined {
  if (action !== 'close') return undefined
  return asked[String(input.outcome)] ?? ['outcome', 'closed_at', 'won_reason', 'lost_reason', 'lost_to', 'close_note']
}
