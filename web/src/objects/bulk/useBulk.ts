import { plural } from '@lingui/core/macro'
import { useQueryClient } from '@tanstack/react-query'
import { get } from '../../api/client'
import type { ObjectModel } from '../../api/model'
import type { Page } from '../../api/queries'
import { type Operation, refresh, rehearseBatch, runBatch } from '../../api/records'
import type { Selection } from '../list/useSelection'
import { useUndo } from '../useUndo'
import type { ListState } from '../views/useListState'
import { type Fate, inChunks, joined, leftOut, refusals } from './outcome'

const chunk = 500

export type Make = (id: string) => Operation

/** Changes many records, an outcome each: told before it happens, taken back by one click afterwards. */
export function useBulk(object: ObjectModel, state: ListState, selection: Selection) {
  const client = useQueryClient()
  const tellDone = useUndo()

  /** All that are selected, loaded or not. */
  async function targets(): Promise<string[]> {
    if (!selection.all) return [...selection.ids]
    const ids: string[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const ask = { filter: state.all, q: state.q, fields: 'id', limit: chunk, count: 'none', cursor }
      const page: Page = await get<Page>(`/${object.path}`, ask)
      ids.push(...page.items.map((item) => item.id))
      cursor = page.next_cursor
    }
    return ids
  }

  /** What it would do, without doing it. */
  async function rehearse(make: Make): Promise<Fate> {
    const fates: Fate[] = []
    for (const ids of inChunks(await targets(), chunk)) {
      const { results, hanging } = await rehearseBatch(object, ids.map(make))
      fates.push({ total: ids.length, refused: refusals(results), hanging })
    }
    return joined(fates)
  }

  /** Does it, and tells how many were changed, how many not and why. */
  async function run(make: Make, done: (count: number) => string): Promise<void> {
    const correlations: (string | null)[] = []
    const fates: Fate[] = []
    for (const ids of inChunks(await targets(), chunk)) {
      const answer = await runBatch(object, ids.map(make))
      correlations.push(answer.correlation)
      fates.push({ total: ids.length, refused: refusals(answer.data.results), hanging: [] })
    }
    refresh(client, object.name)
    selection.clear()
    const fate = joined(fates)
    const left = leftOut(fate)
    const words = [
      done(fate.total - left),
      left > 0 && plural(left, { one: '# was left as it is', other: '# were left as they are' }),
    ]
    const told = words.filter(Boolean).join(' · ')
    tellDone(told, correlations, told)
  }

  return { rehearse, run }
}
