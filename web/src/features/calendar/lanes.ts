export interface Span {
  id: string
  /** Minutes since midnight. */
  from: number
  until: number
}

export interface Placed extends Span {
  lane: number
  lanes: number
}

/** Appointments that overlap stand beside each other: which lane each takes, and how many share the width. */
export function placeInLanes(spans: Span[]): Placed[] {
  const sorted = [...spans].sort((a, b) => a.from - b.from || b.until - a.until)
  const out: Placed[] = []
  let cluster: Placed[] = []
  let end = -1
  const close = () => {
    const lanes = Math.max(0, ...cluster.map((item) => item.lane)) + 1
    for (const item of cluster) out.push({ ...item, lanes })
    cluster = []
  }
  for (const span of sorted) {
    if (span.from >= end) close()
    const taken = new Set(cluster.filter((item) => item.until > span.from).map((item) => item.lane))
    let lane = 0
    while (taken.has(lane)) lane++
    cluster.push({ ...span, lane, lanes: 1 })
    end = Math.max(end, span.until)
  }
  close()
  return out
}
