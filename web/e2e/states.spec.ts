import type { Page } from '@playwright/test'
import { expect, test } from './test'

/** The server cannot answer what matches, until `mend` is called. */
async function broken(page: Page, address: RegExp): Promise<{ mend: () => Promise<void> }> {
  await page.route(address, (route) =>
    route.fulfill({
      status: 503,
      contentType: 'application/problem+json',
      body: JSON.stringify({ title: 'Unavailable', status: 503, code: 'unavailable', detail: 'The database is busy' }),
    }),
  )
  return { mend: () => page.unroute(address) }
}

const places = [
  { name: 'a figure of the dashboard', path: '/dashboard', address: /\/api\/v1\/query/, there: 'Won by month' },
  { name: 'a column of the board', path: '/o/deals', address: /\/api\/v1\/deals\?.*stage/, there: '' },
  { name: 'my figures on Today', path: '/', address: /\/api\/v1\/query/, there: 'My numbers' },
  { name: 'the days of the calendar', path: '/calendar', address: /\/api\/v1\/activities\?/, there: 'Calendar' },
  { name: 'the people of the settings', path: '/settings/people', address: /\/api\/v1\/users\?/, there: 'Users' },
  {
    name: 'the pipelines of the settings',
    path: '/settings/pipelines',
    address: /\/api\/v1\/stages\?/,
    there: 'Pipelines',
  },
]

for (const { name, path, address, there } of places)
  test(`${name} that cannot be read says why, and is there with another try`, async ({ app, shot }) => {
    const { mend } = await broken(app, address)
    await app.goto(path)
    const alert = app.getByRole('alert').filter({ hasText: 'The database is busy' }).first()
    await expect(alert).toBeVisible({ timeout: 20_000 })
    await shot(`broken-${path.replaceAll('/', '') || 'today'}`)
    await mend()
    // Each place asks for itself.
    const again = app.getByRole('alert').getByRole('button', { name: 'Try again' })
    while ((await again.count()) > 0) {
      const before = await again.count()
      await again.first().click()
      await expect.poll(async () => again.count()).toBeLessThan(before)
    }
    if (there) await expect(app.getByRole('heading', { name: there, exact: true }).first()).toBeVisible()
    else await expect(app.locator('[data-card]').first()).toBeVisible()
  })

test('a filter by my teams is a condition like others', async ({ app }) => {
  await app.goto('/o/deals?shape=table')
  await app.getByRole('button', { name: 'Filter', exact: true }).click()
  await app.getByLabel('Find a field').fill('team')
  await app.getByRole('dialog', { name: 'Filter' }).getByRole('button', { name: 'Team', exact: true }).first().click()
  await expect(app.getByLabel('Condition')).toHaveValue('my_teams')
  await app.getByRole('button', { name: 'Apply' }).click()
  await expect(app).toHaveURL(/my_teams/)
  await expect(app.getByRole('button', { name: 'Team is one of my teams' })).toBeVisible()
})
