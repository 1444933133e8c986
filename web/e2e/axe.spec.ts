import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from '@playwright/test'
import type { AxeResults } from 'axe-core'
import { expect, test } from './test'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

async function violations(page: Page): Promise<string[]> {
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

const widths = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
]

for (const scheme of ['light', 'dark'] as const) {
  for (const viewport of widths) {
    test.describe(`${scheme}, ${viewport.width} pixels`, () => {
      test.use({ colorScheme: scheme, viewport })

      test('no screen has a violation', async ({ app, api, shot }) => {
        test.setTimeout(240_000)
        const [deal] = await api.list('deals', { filter: 'status == "open"', limit: '1', sort: '-amount' })
        const [company] = await api.list('companies', { limit: '1', sort: '-touches' })
        const [lead] = await api.list('leads', { limit: '1' })
        const screens: [string, string][] = [
          ['today', '/'],
          ['companies', '/o/companies'],
          ['contacts', '/o/contacts'],
          ['activities', '/o/activities'],
          ['board', '/o/deals'],
          ['deals', '/o/deals?view=open'],
          ['deal', `/o/deals/${deal?.id}`],
          ['company', `/o/companies/${company?.id}`],
          ['lead', `/o/leads/${lead?.id}`],
          ['dashboard', '/dashboard'],
          ['calendar', '/calendar'],
          ['calendar-month', '/calendar?shape=month'],
          ['calendar-day', '/calendar?shape=day'],
          ['bin', '/bin?object=company'],
          ['settings', '/settings'],
          ['users', '/o/users'],
          ['people', '/settings/people'],
          ['pipelines', '/settings/pipelines'],
          ['choices', '/settings/choices'],
          ['options', '/settings/choices?field=lead.source'],
          ['teams', '/settings/teams'],
          ['roles', '/settings/roles'],
          ['notices', '/settings/notices'],
          ['sample', '/settings/sample'],
          ['import', '/import'],
          ['empty', '/o/companies?q=nothing-is-called-so'],
          ['missing', '/nowhere'],
        ]
        const found: string[] = []
        for (const [name, path] of screens) {
          await app.goto(path)
          await app.getByRole('heading').first().waitFor()
          await app.waitForTimeout(700)
          await shot(`axe-${name}-${viewport.width}-${scheme}`)
          for (const violation of await violations(app)) found.push(`${name}: ${violation}`)
        }
        expect(found).toEqual([])
      })

      test('no overlay has a violation', async ({ app, api, shot }) => {
        test.setTimeout(180_000)
        const [lead] = await api.list('leads', { filter: 'status == "new"', limit: '1' })
        const [line] = await api.list('deal_lines', { limit: '1' })
        const found: string[] = []
        const look = async (name: string) => {
          await app.waitForTimeout(600)
          await shot(`axe-${name}-${viewport.width}-${scheme}`)
          for (const violation of await violations(app)) found.push(`${name}: ${violation}`)
        }
        await app.goto(`/o/deals/${line?.deal}`)
        await app.getByRole('button', { name: 'Lines', exact: true }).click()
        await app.getByText('The amount follows the lines.').or(app.getByText('was set by hand')).waitFor()
        await look('deal-lines')
        await app.goto('/o/companies')
        await app.getByRole('heading', { level: 1 }).waitFor()
        await app.waitForTimeout(800)
        await app.keyboard.press('c')
        await app.getByRole('dialog').waitFor()
        await look('create')
        await app.keyboard.press('Escape')
        await app.keyboard.press('f')
        await look('filter')
        await app.keyboard.press('Escape')
        await app.keyboard.press('Control+k')
        await app.getByRole('combobox').waitFor()
        await look('palette')
        await app.keyboard.press('Escape')
        await app.keyboard.press('?')
        await look('help')
        await app.keyboard.press('Escape')
        await app.goto('/settings/people')
        await app
          .getByRole('button', { name: /^Actions for/ })
          .first()
          .click()
        await look('person-menu')
        await app.getByRole('menuitem', { name: 'Deactivate' }).click()
        await app.getByRole('dialog').getByRole('button', { name: 'Cancel' }).waitFor()
        await look('hand-over')
        await app.keyboard.press('Escape')
        await app.getByRole('button', { name: 'Invite a colleague' }).click()
        await look('invite')
        await app.keyboard.press('Escape')
        await app.goto('/settings/choices?field=lead.source')
        await app.getByRole('button', { name: 'Add an option' }).click()
        await look('option')
        await app.keyboard.press('Escape')
        await app.goto('/o/deals')
        await app
          .getByRole('button', { name: /^Actions for/ })
          .first()
          .click()
        await look('card-menu')
        if (lead) {
          await app.goto(`/o/leads/${lead.id}`)
          await app.getByRole('button', { name: 'Convert' }).click()
          await look('convert')
        }
        expect(found).toEqual([])
      })
    })
  }
}

test('the sign-in has no violation', async ({ page }) => {
  await page.goto('/sign-in')
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  expect(await violations(page)).toEqual([])
})
