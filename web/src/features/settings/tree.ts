import type { RecordData } from '../../api/model'
import { linked } from '../../fields/link'

export interface Placed {
  team: RecordData
  depth: number
}

/** Each team followed by those below it. One whose parent is not there stands on top. */
export function tree(teams: RecordData[]): Placed[] {
  const known = new Set(teams.map((team) => team.id))
  const parentOf = (team: RecordData) => {
    const parent = linked(team.parent)?.id
    return parent && known.has(parent) ? parent : undefined
  }
  const placed: Placed[] = []
  const seen = new Set<string>()
  const put = (parent: string | undefined, depth: number) => {
    for (const team of teams) {
      if (parentOf(team) !== parent || seen.has(team.id)) continue
      seen.add(team.id)
      placed.push({ team, depth })
      put(team.id, depth + 1)
    }
  }
  put(undefined, 0)
  return placed
}
