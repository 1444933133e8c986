import { t } from '@lingui/core/macro'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { ObjectModel, RecordData } from '../../../api/model'
import { shortListQuery } from '../../../api/queries'
import { createRecord, deleteRecord, refresh, updateRecord } from '../../../api/records'
import { Problem } from '../../../api/client'
import { problemText, showProblem } from '../../../objects/problem'
import { useUndo } from '../../../objects/useUndo'

/** A product that is known, or words for what is none. */
export type What = { product: { id: string; title: string } } | { name: string }

const most = 200

/** The lines of one deal, and what can be done with them. The server prices and sums; this only writes and reads again. */
export function useLines(deal: ObjectModel, line: ObjectModel | undefined, id: string) {
  const client = useQueryClient()
  const tellDone = useUndo()
  const query = useQuery(
    shortListQuery(
      'deal_line',
      line?.path ?? '',
      { filter: `deal == ${JSON.stringify(id)}`, sort: 'position', expand: 'product', limit: most },
      Boolean(line),
    ),
  )

  function again(): void {
    refresh(client, 'deal_line')
    refresh(client, deal.name, id)
  }

  /** Null when saved, else why not, to be shown at the cell. */
  async function change(record: RecordData, values: Record<string, unknown>): Promise<string | null> {
    if (!line) return null
    try {
      const answer = await updateRecord(client, {
        object: line,
        id: record.id,
        values,
        shown: {},
        version: record.version,
      })
      tellDone(t`Line updated`, [answer.correlation])
      again()
      return null
    } catch (error) {
      const [field = ''] = Object.keys(values)
      return (error instanceof Problem && error.field(field)) || problemText(error)
    }
  }

  async function add(what: What): Promise<string | null> {
    if (!line) return null
    const values = 'product' in what ? { product: what.product.id } : { name: what.name }
    try {
      const answer = await createRecord(line, { deal: id, ...values })
      again()
      await client.refetchQueries({ queryKey: ['short', 'deal_line'] })
      tellDone(t`Line added`, [answer.correlation])
      return answer.data.id
    } catch (error) {
      showProblem(error)
      return null
    }
  }

  async function remove(record: RecordData): Promise<void> {
    if (!line) return
    try {
      const answer = await deleteRecord(line, record.id)
      again()
      tellDone(t`Line removed`, [answer.correlation])
    } catch (error) {
      showProblem(error)
    }
  }

  /** Changes places with the neighbour. */
  async function move(record: RecordData, neighbour: RecordData): Promise<void> {
    if (!line) return
    try {
      const first = await updateRecord(client, {
        object: line,
        id: record.id,
        values: { position: neighbour.position },
      })
      const second = await updateRecord(client, {
        object: line,
        id: neighbour.id,
        values: { position: record.position },
      })
      again()
      tellDone(t`Line moved`, [first.correlation, second.correlation])
    } catch (error) {
      showProblem(error)
    }
  }

  return { query, lines: query.data?.items ?? [], change, add, remove, move }
}
