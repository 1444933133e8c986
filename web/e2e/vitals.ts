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

/** The mobile profile of the design: a processor four times slower on 1.6 Mbit/s with 150 ms. */
export async function asPhone(client: CDPSession): Promise<void> {
  await client.send('Network.enable')
  await client.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 150,
    downloadThroughput: 1_600_000 / 8,
    uploadThroughput: 750_000 / 8,
  })
  await client.send('Emulation.setCPUThrottlingRate', { rate: 4 })
}

/** Opens a page and waits until it is at rest. */
export async function visit(page: Page, client: CDPSession, path: string, ready: string): Promise<Vitals> {
  let bytes = 0
  const count = ({ encodedDataLength }: { encodedDataLength: number }) => {
    bytes += encodedDataLength
  }
  await client.send('Network.enable')
  client.on('Network.loadingFinished', count)
  await page.goto(path)
  await page.locator(ready).first().waitFor()
  await page.waitForTimeout(2500)
  client.off('Network.loadingFinished', count)
  const seen = await page.evaluate(() => (globalThis as Watched).vitals)
  if (!seen) throw new Error('nothing was watched')
  return { lcp: seen.lcp, cls: seen.cls, tbt: seen.tbt, kilobytes: bytes / 1000 }
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
