import { useNavigate } from '@tanstack/react-router'
import { lazy, memo, Suspense, useCallback, useEffect, useMemo } from 'react'
import type { ObjectModel, RecordData } from '../../api/model'
import { useModel } from '../../api/ModelContext'
import { fieldUi } from '../../fields'
import { Grid } from '../../kit/grid/Grid'
import { usePhone } from '../../kit/useMedia'
import { LazyInlineEditor } from '../edit/LazyInlineEditor'
import { columnsOf } from '../views/defaults'
import { toggleSort } from '../views/sort'
import type { ListState } from '../views/useListState'
import { Footer } from './Footer'
import { ListStates } from './ListStates'
import { titleOf } from './TitleCell'
import { NewsChip } from './NewsChip'
import { PhoneList } from './PhoneList'
import { useColumns } from './useColumns'
import { useCursor } from './useCursor'
import { useGridEdit } from './useGridEdit'
import { useList, useTotals } from './useList'
import { useNews } from './useNews'
import { useSelection } from './useSelection'

const BulkBar = lazy(() => import('../bulk/BulkBar').then((module) => ({ default: module.BulkBar })))

const rowHeight = 36

export const TableView = memo(function TableView({ object, state }: { object: ObjectModel; state: ListState }) {
  const model = useModel()
  const navigate = useNavigate()
  const phone = usePhone()
  const fields = useMemo(() => columnsOf(object, state.columns), [object, state.columns])
  const { query, rows, list } = useList(object, state, fields)
  const totals = useTotals(object, state)
  const selection = useSelection(rows)
  const [cursor, setCursor] = useCursor(rows)
  const edit = useGridEdit(object, fields, cursor, setCursor)

  // Whoever edits a cell types on at once.
  useEffect(() => {
    if (!phone) void import('../edit/InlineEditor')
  }, [phone])

  const columns = useColumns(object, state, fields)
  const news = useNews(object, state, rows, query, selection.ids.size > 0 || edit.on)

  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, fetchNextPage])
  const open = (record: RecordData) =>
    void navigate({ to: '/o/$path/$id', params: { path: object.path, id: record.id }, state: { list } })

  if (rows.length === 0) return <ListStates object={object} state={state} query={query} />
  const foot = <Footer object={object} {...totals} loaded={rows.length} more={Boolean(hasNextPage)} />
  const chip = news.count > 0 && <NewsChip count={news.count} onShow={news.show} />
  const bulk = selection.ids.size > 0 && (
    <Suspense>
      <BulkBar
        object={object}
        state={state}
        selection={selection}
        total={totals.row ? Number(totals.row.count) : undefined}
      />
    </Suspense>
  )
  if (phone) {
    return (
      <>
        <div {...news.holder}>
          <PhoneList
            object={object}
            fields={fields}
            rows={rows}
            list={list}
            selection={selection}
            foot={foot}
            onNearEnd={more}
          />
          {chip}
        </div>
        {bulk}
      </>
    )
  }
  return (
    <>
      <div {...news.holder}>
        {chip}
        <Grid
          label={object.label_plural}
          columns={columns}
          rows={rows}
          total={totals.row ? Number(totals.row.count) : rows.length}
          nameOf={(record) => titleOf(object, record)}
          cursor={cursor}
          onCursor={(next) => {
            setCursor(next)
            const record = rows[next.row]
            if (state.search.peek && record) state.change({ peek: record.id })
          }}
          selected={selection.ids}
          onToggle={selection.toggle}
          onAll={selection.toggleAll}
          editing={edit.on}
          onEdit={edit.open}
          editor={(record, column) => {
            const field = fields.find((candidate) => candidate.name === column.id)
            return (
              field && (
                <LazyInlineEditor
                  object={object}
                  record={record}
                  field={field}
                  bare
                  start={edit.refused(record.id, field.name)}
                  onCommit={(value, version, leave) => edit.commit(record, field, value, version, leave)}
                  onCancel={edit.close}
                />
              )
            )
          }}
          onSort={(id, behind) => {
            const type = fields.find((field) => field.name === id)?.type
            state.change({ sort: toggleSort(state.sort, id, startsDesc(type), behind) })
          }}
          onResize={state.widths.set}
          onOpen={open}
          onPeek={(record) => state.change({ peek: state.search.peek === record.id ? undefined : record.id })}
          onCopy={(record, column) => {
            const field = fields.find((candidate) => candidate.name === column.id)
            if (field)
              void navigator.clipboard?.writeText(fieldUi(field).text({ value: record[field.name], field, model }))
          }}
          onLink={(href) => void navigate({ href, state: { list } })}
          onNearEnd={more}
          peeked={state.search.peek ?? null}
          rowHeight={rowHeight}
        />
      </div>
      {foot}
      {bulk}
    </>
  )
})

function startsDesc(type: string | undefined): boolean {
  return ['money', 'integer', 'decimal', 'percent', 'rating', 'instant', 'counts'].includes(type ?? '')
}
