import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from '@playwright/test'
import type { AxeResults } from 'axe-core'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** What axe finds wrong on the page as it stands, a line each. */
export async function violations(page: Page): Promise<string[]> {
  await page.waitForTimeout(400)
  await page.evaluate(source)
  const result = await page.evaluate(async (wanted) => {
    const { axe } = globalThis as unknown as {
      axe: { run: (node: Document | Element, options: object) => Promise<AxeResults> }
    }
    const found = await axe.run(document, { runOnly: wanted })
    for (const violation of found.violations.filter(({ id }) => id === 'target-size')) {
      // What the edge of a scrolled part cuts through is as large as it is once scrolled to.
      const stays: typeof violation.nodes = []
      for (const node of violation.nodes) {
        const target = document.querySelector(String(node.target[0]))
        target?.scrollIntoView({ block: 'center' })
        const again = target && (await axe.run(target, { runOnly: { type: 'rule', values: ['target-size'] } }))
        if (!again || again.violations.length > 0) stays.push(node)
      }
      violation.nodes = stays
    }
    return found
  }, tags)
  return result.violations.flatMap((violation) =>
    violation.nodes.map((node) => `${violation.id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`),
  )
}

/** A desk and a phone. */
export const widths = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
]

export const schemes = ['light', 'dark'] as const
