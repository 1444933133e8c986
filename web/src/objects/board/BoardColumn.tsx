import { useInfiniteQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useRef } from 'react'
import { useLingui } from '@lingui/react/macro'
import type { ObjectModel, RecordData } from '../../api/model'
import { columnQuery } from '../../api/queries'
import { useDropTarget } from '../../kit/drag/useDropTarget'
import { VirtualList } from '../../kit/grid/VirtualList'
import { useBegun } from '../../kit/useBegun'
import { useFirstFew } from '../../kit/useFirstFew'
import { usePhone } from '../../kit/useMedia'
import { useNear } from '../../kit/useNear'
import { allOf } from '../filter/expression'
import { useParts, type Zone } from '../Parts'
import { Trouble } from '../Trouble'
import type { ListState } from '../views/useListState'
import css from './board.module.css'
import { Card } from './Card'
import { cardFields } from './cardFields'
import { CardList } from './CardList'
import { ColumnHead } from './ColumnHead'
import { type Column, heldAs, inColumn, type Move, withMoves } from './columns'
import type { BoardData } from './useBoard'
import { useStill } from './useStill'

interface Props {
  object: ObjectModel
  state: ListState
  board: BoardData
  column: Column
  /** Its place, from 0. */
  at: number
  moves: ReadonlyMap<string, Move>
  zones: Zone[]
  /** A card is in the air. */
  still: boolean
  /** Cards in view by `heldAs`, for drag and keys. */
  held: Map<string, RecordData>
  onMove: (record: RecordData, column: Column) => void
}

const virtualFrom = 60
/** Three screens full: the rest comes as one scrolls. */
const pageOfCards = 25
const cardHeight = 92
const columnWidth = 226

/** A column as a place to drop on. What is far out of view on a phone is filled when somebody is at the page. */
export function BoardColumn(props: Props) {
  const { column, at } = props
  const box = useRef<HTMLElement>(null)
  const over = useDropTarget(box, { column: column.key })
  const phone = usePhone()
  const near = useNear(box, '50%', at === 0 || (!phone && at * columnWidth < innerWidth))
  const begun = useBegun()
  return (
    <section ref={box} className={css.column} data-over={over} data-column={column.key} aria-label={column.title}>
      {(near || begun) && <Filled {...props} near={near} />}
    </section>
  )
}

function Filled({ object, state, board, column, moves, zones, still, held, onMove, near }: Props & { near: boolean }) {
  const { t } = useLingui()
  const parts = useParts().of(object.name).board
  const shown = useMemo(() => cardFields(object), [object])
  const expand = [...new Set([board.group.name, ...shown.links, ...(parts?.expand ?? [])])].join(',')
  const query = useInfiniteQuery({
    ...columnQuery(object.name, object.path, {
      filter: allOf(board.filter, inColumn(board.group.name, column)),
      sort: state.sort || undefined,
      q: state.q || undefined,
      limit: pageOfCards,
      expand,
    }),
    enabled: near,
  })
  const read = useMemo(
    () => withMoves(query.data?.pages.flatMap((page) => page.items) ?? [], column.key, moves),
    [query.data, column.key, moves],
  )
  const cards = useStill(read, still)
  useEffect(() => {
    for (const card of cards) held.set(heldAs(column.key, card.id), card)
  }, [cards, column.key, held])
  const drawn = useFirstFew(cards, cardHeight)
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, fetchNextPage])

  const tinted = board.tinted.get(column.key)?.count ?? 0
  const all = board.totals.get(column.key)?.count ?? 0
  const crowded = all > 3 && tinted > all / 3
  const label = t`Cards in ${column.title}`
  const draw = (record: RecordData) => (
    <Card
      key={record.id}
      object={object}
      record={record}
      shown={shown}
      column={column}
      columns={board.columns}
      zones={zones}
      quiet={crowded}
      peeked={state.search.peek === record.id}
      onMove={onMove}
    />
  )
  return (
    <>
      <ColumnHead
        object={object}
        board={board}
        column={column}
        moves={moves}
        loaded={query.isSuccess ? cards.length : undefined}
        tinted={crowded ? tinted : 0}
        q={state.q}
      />
      <Trouble of={[query]} />
      {cards.length > virtualFrom ? (
        <VirtualList
          label={label}
          rows={cards}
          keyOf={(card) => card.id}
          size={cardHeight}
          gap={6}
          measured
          className={css.cards}
          render={draw}
          onNearEnd={more}
        />
      ) : (
        <CardList label={label} onNearEnd={more} busy={query.isPending}>
          {drawn.map((card) => (
            <div key={card.id} role="listitem">
              {draw(card)}
            </div>
          ))}
        </CardList>
      )}
    </>
  )
}
