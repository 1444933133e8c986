import { useLingui } from '@lingui/react/macro'
import { ActionIcon } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import type { ObjectModel } from '../../api/model'
import * as format from '../../kit/format'
import { openCreate } from '../create/openCreate'
import { useParts } from '../Parts'
import css from './board.module.css'
import { barOf, type Column, type Move, movedCount } from './columns'
import { SumByCurrency } from './SumByCurrency'
import type { BoardData } from './useBoard'

interface Props {
  object: ObjectModel
  board: BoardData
  column: Column
  moves: ReadonlyMap<string, Move>
  loaded: number | undefined
  tinted: number
  q: string
}

/** Count and sums of all cards of the column, loaded or not, as the server adds them up. */
export function ColumnHead({ object, board, column, moves, loaded, tinted, q }: Props) {
  const { t } = useLingui()
  const parts = useParts().of(object.name).board
  const totals = board.totals.get(column.key)
  const count = movedCount(totals?.count ?? 0, column.key, moves)
  const shownCount = board.counted ? count : loaded
  const bar = barOf(totals, board.grand, parts?.solidShare?.(column.record, totals?.cells ?? {}) ?? 1)
  const Note = parts?.columnNote
  const TintedNote = parts?.tintedNote
  const value = {
    [board.group.name]: board.group.type === 'link' ? { id: column.key, title: column.title } : column.key,
  }
  return (
    <header className={css.head}>
      <div className={css.name}>
        <h2 className="trunc">{column.title}</h2>
        <span className={`${css.count} num`}>{shownCount === undefined ? '' : format.number(shownCount)}</span>
        <span className="grow" />
        {object.access.create && (
          <ActionIcon
            size={24}
            aria-label={t`New ${format.lower(object.label)} in ${column.title}`}
            onClick={() => openCreate({ object: object.name, values: value })}
          >
            <IconPlus size={15} />
          </ActionIcon>
        )}
      </div>
      {board.summed && (
        <>
          <div className={`${css.sums} num`}>
            <SumByCurrency object={object} board={board} column={column} summed={board.summed} totals={totals} q={q} />
            {Note && <Note group={column.record} totals={totals?.cells ?? {}} currency={board.currency} />}
          </div>
          <div className={css.bar} aria-hidden>
            <i className={css.solid} style={{ width: `${bar.solid * 100}%` }} />
            <i className={css.rest} style={{ width: `${bar.rest * 100}%` }} />
          </div>
        </>
      )}
      {tinted > 0 && TintedNote && <TintedNote count={tinted} />}
    </header>
  )
}
