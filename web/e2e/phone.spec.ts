import { expect, test } from './test'

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true })

test('a representative walks through the day on a phone', async ({ app, api, shot }) => {
  await app.goto('/')
  await expect(app.getByRole('heading', { level: 1, name: 'Today' })).toBeVisible()
  await shot('phone-today')
  await app.getByRole('link', { name: 'Companies' }).click()
  const first = app.getByRole('list', { name: 'Companies' }).getByRole('link').first()
  await expect(first).toBeVisible()
  await shot('phone-companies')
  await first.click()
  await expect(app.getByRole('button', { name: 'Details' })).toBeVisible()
  await app.getByRole('button', { name: 'Details' }).click()
  await expect(app.getByRole('region', { name: 'Details' })).toBeVisible()
  await shot('phone-company')
  await app.getByRole('link', { name: 'Deals' }).click()
  await expect(app.locator('[data-card]').first()).toBeVisible()
  await shot('phone-board')
  const deals = await api.list('deals', { filter: 'status == "open"', limit: '1' })
  expect(deals).toHaveLength(1)
})

test('a card is moved without dragging', async ({ app }) => {
  await app.goto('/o/deals')
  await app
    .getByRole('button', { name: /^Actions for/ })
    .first()
    .tap()
  await expect(app.getByRole('menuitem').first()).toBeVisible()
})

test('nothing scrolls sideways at 320 pixels', async ({ app }) => {
  await app.setViewportSize({ width: 320, height: 640 })
  for (const path of [
    '/',
    '/o/companies',
    '/dashboard',
    '/calendar',
    '/bin',
    '/settings',
    '/settings/people',
    '/settings/teams',
    '/settings/roles',
    '/settings/pipelines',
    '/settings/choices?field=lead.source',
    '/settings/notices',
    '/settings/sample',
  ]) {
    await app.goto(path)
    await expect(app.getByRole('heading', { level: 1 })).toBeVisible()
    const wide = await app.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    expect(wide, path).toBe(0)
  }
})
