import { schemes, violations, widths } from './axe'
import { mergeTests } from '@playwright/test'
import { test as onEmpty } from './empty'
import { expect, test as onSample } from './test'

const test = mergeTests(onSample, onEmpty)

for (const scheme of schemes) {
  for (const viewport of widths) {
    test.describe(`${scheme}, ${viewport.width} pixels`, () => {
      test.use({ colorScheme: scheme, viewport })

      test('no screen has a violation', async ({ app, api, shot }) => {
        test.setTimeout(240_000)
        const [deal] = await api.list('deals', { filter: 'status == "open"', limit: '1', sort: '-amount' })
        const [company] = await api.list('companies', { limit: '1', sort: '-touches' })
        const first = async (path: string) => (await api.list(path, { limit: '1' }))[0]
        const [lead, contact, product, activity] = [
          await first('leads'),
          await first('contacts'),
          await first('products'),
          await first('activities'),
        ]
        const screens: [string, string][] = [
          ['today', '/'],
          ['companies', '/o/companies'],
          ['contacts', '/o/contacts'],
          ['activities', '/o/activities'],
          ['board', '/o/deals'],
          ['deals', '/o/deals?shape=table'],
          ['products', '/o/products'],
          ['deal', `/o/deals/${deal?.id}`],
          ['contact', `/o/contacts/${contact?.id}`],
          ['product', `/o/products/${product?.id}`],
          ['activity', `/o/activities/${activity?.id}`],
          ['company', `/o/companies/${company?.id}`],
          ['lead', `/o/leads/${lead?.id}`],
          ['dashboard', '/dashboard'],
          ['calendar', '/calendar'],
          ['calendar-month', '/calendar?shape=month'],
          ['calendar-day', '/calendar?shape=day'],
          ['calendar-agenda', '/calendar?shape=agenda'],
          ['bin', '/bin?object=company'],
          ['settings', '/settings'],
          ['users', '/o/users'],
          ['workspace', '/settings/workspace'],
          ['people', '/settings/people'],
          ['pipelines', '/settings/pipelines'],
          ['choices', '/settings/choices'],
          ['options', '/settings/choices?field=lead.source'],
          ['teams', '/settings/teams'],
          ['roles', '/settings/roles'],
          ['role', '/settings/roles?role=manager'],
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

      test('who comes in meets no violation', async ({ browser, server, empty }) => {
        const context = await browser.newContext({ colorScheme: scheme, viewport, locale: 'en-GB' })
        const page = await context.newPage()
        const found: string[] = []
        for (const url of [`${server.url}/sign-in`, `${server.url}/join#none`, `${empty.url}/setup`]) {
          await page.goto(url)
          await page.getByRole('heading').first().waitFor()
          for (const violation of await violations(page)) found.push(`${url}: ${violation}`)
        }
        await context.close()
        expect(found).toEqual([])
      })
    })
  }
}
