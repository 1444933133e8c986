import { useLingui } from '@lingui/react/macro'
import { IconColumns3 } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { lazy, memo, Suspense, useCallback, useMemo, useRef, useState } from 'react'
import type { ObjectModel, RecordData } from '../../api/model'
import { useDrops } from '../../kit/drag/useDrops'
import { EmptyState } from '../../kit/EmptyState'
import { Loading } from '../../kit/Loading'
import { openAction } from '../action/openAction'
import { useParts } from '../Parts'
import { boardField } from '../views/defaults'
import type { ListState } from '../views/useListState'
import css from './board.module.css'
import { BoardColumn } from './BoardColumn'
import { type Column, heldAs } from './columns'
import { NoCards } from './NoCards'
import { useBoard } from './useBoard'
import { useBoardKeys } from './useBoardKeys'
import { useHeldCard } from './useHeldCard'
import { useMoves } from './useMoves'
import { useStill } from './useStill'
import { Zones } from './Zones'

const MissingDialog = lazy(() => import('./MissingDialog').then((module) => ({ default: module.MissingDialog })))

/** Records as cards in columns. Dragging, the menu of a card and the keyboard all call the same move. */
export const Board = memo(function Board({ object, state }: { object: ObjectModel; state: ListState }) {
  const { t } = useLingui()
  const navigate = useNavigate()
  const area = useRef<HTMLDivElement>(null)
  const held = useRef(new Map<string, RecordData>())
  // As it was when it was taken: what others make of it meanwhile is a conflict, not overwritten unseen.
  const lifted = useRef<RecordData>(undefined)
  const [dragging, setDragging] = useState(false)
  const group = object.fields.find((field) => field.name === state.group) ?? boardField(object)
  if (!group) throw new Error(`${object.name} has nothing to be grouped by`)
  const read = useBoard(object, state, group)
  const columns = useStill(read.columns, dragging)
  const board = { ...read, columns }
  const { moves, move, missing, forget } = useMoves(object, group)
  const parts = useParts().of(object.name).board
  const zones = useMemo(
    () => (parts?.zones ?? []).filter((zone) => object.actions.some((action) => action.name === zone.action)),
    [parts, object],
  )
  const moveTo = useCallback((record: RecordData, column: Column) => void move(record, column), [move])
  useDrops(area, {
    onStart: (source) => {
      lifted.current = held.current.get(heldAs(String(source.column), String(source.id)))
      setDragging(true)
    },
    onEnd: (_, target) => {
      setDragging(false)
      const record = lifted.current
      const zone = zones.find((candidate) => candidate.name === target?.zone)
      const column = board.columns.find((candidate) => candidate.key === target?.column)
      if (record && zone)
        openAction({ object: object.name, record, action: zone.action, input: zone.input, label: zone.label })
      else if (record && column) moveTo(record, column)
    },
  })
  useHeldCard(area)
  const onKeyDown = useBoardKeys(area, {
    columns: board.columns,
    find: (column, id) => held.current.get(heldAs(column.key, id)),
    move: moveTo,
    open: (id) => void navigate({ to: '/o/$path/$id', params: { path: object.path, id } }),
    peek: (id) => state.change({ peek: state.search.peek === id ? undefined : id }),
  })

  if (board.loading) return <Loading rows={10} />
  if (board.columns.length === 0) {
    return (
      <EmptyState
        icon={<IconColumns3 size={20} />}
        title={t`No columns yet`}
        text={t`Add what the cards are grouped by in the settings.`}
      />
    )
  }
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: arrow keys walk the cards inside */}
      <div ref={area} className={css.board} onKeyDown={onKeyDown} data-dragging={dragging}>
        {board.columns.map((column, at) => (
          <BoardColumn
            key={column.key}
            object={object}
            state={state}
            board={board}
            column={column}
            at={at}
            moves={moves}
            zones={zones}
            still={dragging}
            held={held.current}
            onMove={moveTo}
          />
        ))}
      </div>
      {board.counted && board.totals.size === 0 && <NoCards object={object} state={state} />}
      {dragging && zones.length > 0 && <Zones zones={zones} />}
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
    </>
  )
})
