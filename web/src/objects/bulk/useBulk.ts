import { plural, t } from '@lingui/core/macro'
import { useQueryClient } from '@tanstack/react-query'
import { get } from '../../api/client'
import type { Field, ObjectModel } from '../../api/model'
import type { Page } from '../../api/queries'
import { type Operation, refresh, runBatch } from '../../api/records'
import { forWrite } from '../../fields/write'
import { showToast } from '../../kit/toast'
import type { Selection } from '../list/useSelection'
import { problemText } from '../problem'
import { useUndo } from '../useUndo'
import type { ListState } from '../views/useListState'
import { inChunks, refusals } from './outcome'

const chunk = 500

/** Changes many records, an outcome each; refused ones are told with their reason, the rest is undone by one click. */
export function useBulk(object: ObjectModel, state: ListState, selection: Selection) {
  const client = useQueryClient()
  const tellDone = useUndo()

  async function targets(): Promise<string[]> {
    if (!selection.all) return [...selection.ids]
    const ids: string[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const page: Page = await get<Page>(`/${object.path}`, {
        filter: state.all,
        q: state.q,
        fields: 'id',
        limit: chunk,
        cursor,
      })
      ids.push(...page.items.map((item) => item.id))
      cursor = page.next_cursor
    }
    return ids
  }

  async function run(make: (id: string) => Operation, done: (count: number) => string): Promise<string | null> {
    const correlations: (string | null)[] = []
    const reasons: string[] = []
    let count = 0
    try {
      for (const ids of inChunks(await targets(), chunk)) {
        const answer = await runBatch(object, ids.map(make))
        const refused = refusals(answer.data.results)
        correlations.push(answer.correlation)
        reasons.push(...refused)
        count += ids.length - refused.length
      }
    } catch (error) {
      return problemText(error)
    }
    refresh(client, object.name)
    if (count === 0 && reasons[0]) return reasons[0]
    selection.clear()
    tellDone(done(count), correlations, done(count))
    if (reasons.length > 0) {
      const some = [...new Set(reasons)].slice(0, 3).join(' ')
      const others = plural(reasons.length, {
        one: '# record was left as it is:',
        other: '# records were left as they are:',
      })
      showToast({ kind: 'error', message: `${others} ${some}` })
    }
    return null
  }

  return {
    edit: (field: Field, value: unknown) =>
      run(
        (id) => ({ op: 'update', id, values: { [field.name]: forWrite(field, value) } }),
        (count) =>
          plural(count, { one: `${field.label} changed in # record`, other: `${field.label} changed in # records` }),
      ),
    remove: async () => {
      const fault = await run(
        (id) => ({ op: 'delete', id }),
        (count) => plural(count, { one: '# record deleted', other: '# records deleted' }),
      )
      if (fault) showToast({ kind: 'error', message: t`Nothing was deleted. ${fault}` })
    },
  }
}
