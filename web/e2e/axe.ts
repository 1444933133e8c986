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
  const result = await page.evaluate(
    (wanted) =>
      (globalThis as unknown as { axe: { run: (node: Document, options: object) => Promise<AxeResults> } }).axe.run(
        document,
        { runOnly: wanted },
      ),
    tags,
  )
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
