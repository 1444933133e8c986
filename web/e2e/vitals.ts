import type { CDPSession, Page } from '@playwright/test'

/** What a person waits for on a page, in milliseconds; shifts have no unit. */
export interface Vitals {
  /** When the largest part of the page stood. */
  lcp: number
  /** How far things jumped while it loaded. */
  cls: number
  /** How long keys and clicks would have had no answer while it loaded. */
  tbt: number
  kilobytes: number
}

type Watched = typeof globalThis & { vitals?: { lcp: number; cls: number; tbt: number; slowest: number } }

const longTask = 50

/** Watches from the very start of each page. */
export async function watch(page: Page): Promise<void> {
  await page.addInitScript((limit) => {
    const seen = { lcp: 0, cls: 0, tbt: 0, slowest: 0 }
    ;(globalThis as Watched).vitals = seen
    const observe = (type: string, take: (entry: PerformanceEntry) => void, more: object = {}) =>
      new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true, ...more })
    observe('largest-contentful-paint', (entry) => (seen.lcp = entry.startTime))
    observe('layout-shift', (entry) => {
      const { value, hadRecentInput } = entry as PerformanceEntry & { value: number; hadRecentInput: boolean }
      if (!hadRecentInput) seen.cls += value
    })
    observe('longtask', (entry) => (seen.tbt += Math.max(0, entry.duration - limit)))
    observe('event', (entry) => (seen.slowest = Math.max(seen.slowest, entry.duration)), { durationThreshold: 16 })
  }, longTask)
}

/**
 * A phone of the middle class, as Lighthouse has it: four times slower than a desk whose index is 1750, the middle of its
 * "high-end desktop". A slower or busier machine is slowed down by less, a faster one by more, so that it is always the
 * same phone (Lighthouse, docs/throttling.md, "Calibrating the CPU slowdown").
 */
const phoneIndex = 1750 / 4

/** How fast this machine is at this moment, by the measure of Lighthouse's `benchmarkIndex`: the middle of three looks. */
async function speedIndex(page: Page): Promise<number> {
  const looks: number[] = []
  for (let look = 0; look < 3; look++)
    looks.push(
      await page.evaluate(() => {
        const lasting = 250
        /** Tens of rounds a second. */
        const pace = (round: (at: number) => void) => {
          const begun = performance.now()
          let rounds = 0
          while (performance.now() - begun < lasting) round(rounds++)
          return (rounds * 100) / (performance.now() - begun)
        }
        const length = 100_000
        const pair = [Array.from({ length }, (_, at) => at), Array.from({ length }, (_, at) => at)]
        const copying = pace((round) => {
          const from = pair[round % 2] as number[]
          const to = pair[(round + 1) % 2] as number[]
          for (let at = 0; at < from.length; at++) to[at] = from[at] as number
        })
        const writing = pace(() => {
          let text = ''
          for (let at = 0; at < 10_000; at++) text += 'a'
          if (text.length === 1) throw new Error('never')
        })
        return (copying + writing) / 2
      }),
    )
  return looks.sort((a, b) => a - b)[1] as number
}

/**
 * The mobile profile of the design: a processor of a quarter of a desk's speed, 1.6 Mbit/s with 150 ms. For the visit that
 * follows: the speed of a machine that is shared is another one a minute later. Answers with how many times it is slowed.
 */
export async function asPhone(page: Page, client: CDPSession): Promise<number> {
  await client.send('Emulation.setCPUThrottlingRate', { rate: 1 })
  await client.send('Network.enable')
  await client.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 150,
    downloadThroughput: 1_600_000 / 8,
    uploadThroughput: 750_000 / 8,
  })
  const rate = Math.max(1, (await speedIndex(page)) / phoneIndex)
  await client.send('Emulation.setCPUThrottlingRate', { rate })
  return rate
}

/**
 * Opens a page and waits until it is at rest. Asked of the browser in a few words: what Playwright puts into a page to
 * look for an element costs a slow phone a quarter of a second, which is none of the page's.
 */
export async function visit(page: Page, client: CDPSession, path: string, ready: string): Promise<Vitals> {
  let bytes = 0
  const count = ({ encodedDataLength }: { encodedDataLength: number }) => {
    bytes += encodedDataLength
  }
  await client.send('Network.enable')
  client.on('Network.loadingFinished', count)
  await page.goto(path)
  await stands(client, ready)
  await page.waitForTimeout(2500)
  client.off('Network.loadingFinished', count)
  const seen = await page.evaluate(() => (globalThis as Watched).vitals)
  if (!seen) throw new Error('nothing was watched')
  return { lcp: seen.lcp, cls: seen.cls, tbt: seen.tbt, kilobytes: bytes / 1000 }
}

async function stands(client: CDPSession, ready: string): Promise<void> {
  const expression = `document.querySelector(${JSON.stringify(ready)}) !== null`
  for (let wait = 0; wait < 100; wait++) {
    const { result } = await client.send('Runtime.evaluate', { expression })
    if (result.value === true) return
    await new Promise((resolve) => setTimeout(resolve, 300))
  }
  throw new Error(`nothing matched ${ready}`)
}

/** The slowest answer to a key or a click since the last question: from the press to the next picture. */
export async function slowestAnswer(page: Page): Promise<number> {
  await page.waitForTimeout(300)
  return page.evaluate(() => {
    const { vitals } = globalThis as Watched
    const slowest = vitals?.slowest ?? 0
    if (vitals) vitals.slowest = 0
    return slowest
  })
}

/** Milliseconds that the page's main thread computed for one `act`; what else the machine does is not counted. */
export async function cpu(client: CDPSession, times: number, act: () => Promise<void>): Promise<number> {
  const spent = async () => {
    const { metrics } = await client.send('Performance.getMetrics')
    return (metrics.find((metric) => metric.name === 'TaskDuration')?.value ?? 0) * 1000
  }
  const before = await spent()
  for (let at = 0; at < times; at++) await act()
  return ((await spent()) - before) / times
}

export async function countCpu(client: CDPSession): Promise<void> {
  await client.send('Performance.enable', { timeDomain: 'threadTicks' })
}
