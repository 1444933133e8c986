/** Versions that one's own writes have made one right after the other; the screen may still show any of them. */
interface Run {
  from: number
  to: number
}

const runs = new Map<string, Run>()
const last = new Map<string, Promise<unknown>>()

/**
 * Writes of one record go out one after the other, each on the version that one's own last write has made: nobody is in
 * conflict with himself. Where somebody else has written between, the version that was on the screen counts.
 */
export async function inTurn<A extends { data: { version: number } }>(
  id: string,
  seen: number | undefined,
  write: (version: number | undefined) => Promise<A>,
): Promise<A> {
  const turn = (last.get(id) ?? Promise.resolve()).then(async () => {
    const run = runs.get(id)
    const version = run && seen !== undefined && seen >= run.from && seen <= run.to ? run.to : seen
    const answer = await write(version)
    const made = answer.data.version
    runs.set(id, run && made === run.to + 1 ? { from: run.from, to: made } : { from: made - 1, to: made })
    return answer
  })
  last.set(
    id,
    turn.catch(() => undefined),
  )
  return turn
}
