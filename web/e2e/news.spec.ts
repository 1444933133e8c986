import type { Browser } from '@playwright/test'
import { Api } from './api'
import { expect, fresh, test } from './test'

/** Somebody else, in a browser of his own. */
async function colleague(browser: Browser, url: string): Promise<Api> {
  const context = await browser.newContext()
  const api = new Api(context.request, url)
  await api.signIn('manager')
  return api
}

test('what a colleague makes takes its place in an open list within a second', async ({ app, api, browser }) => {
  const word = fresh('News').split(' ')[1] ?? ''
  await api.send('POST', 'companies', { name: `Beta ${word}` })
  const other = await colleague(browser, api.url)
  await app.goto(`/o/companies?columns=name,city&sort=name&q=${word}`)
  const grid = app.getByRole('grid')
  await expect(grid.getByText(`Beta ${word}`)).toBeVisible()
  await app.mouse.move(5, 5)
  await other.send('POST', 'companies', { name: `Alpha ${word}` })
  await expect(grid.getByText(`Alpha ${word}`)).toBeVisible({ timeout: 1_000 })
  await expect(grid.getByRole('row').nth(1)).toContainText(`Alpha ${word}`)
})

test('no row moves under the pointer: a button tells how many are new', async ({ app, api, browser, shot }) => {
  const word = fresh('Chip').split(' ')[1] ?? ''
  await api.send('POST', 'companies', { name: `Beta ${word}` })
  const other = await colleague(browser, api.url)
  await app.goto(`/o/companies?columns=name,city&sort=name&q=${word}`)
  const grid = app.getByRole('grid')
  await grid.getByText(`Beta ${word}`).hover()
  await other.send('POST', 'companies', { name: `Alpha ${word}` })
  const chip = app.getByRole('button', { name: '1 new' })
  await expect(chip).toBeVisible({ timeout: 1_000 })
  await expect(grid.getByText(`Alpha ${word}`)).toBeHidden()
  await shot('list-news')
  await other.send('POST', 'companies', { name: `Elsewhere ${fresh('other')}` })
  await chip.click()
  await expect(grid.getByRole('row').nth(1)).toContainText(`Alpha ${word}`)
  await expect(chip).toBeHidden()
})

test('an empty list fills as the first record that matches is made', async ({ app, api, browser }) => {
  const word = fresh('Empty').split(' ')[1] ?? ''
  const other = await colleague(browser, api.url)
  await app.goto(`/o/companies?columns=name,city&q=${word}`)
  await expect(app.getByRole('heading', { name: 'No companies match' })).toBeVisible()
  await other.send('POST', 'companies', { name: `First ${word}` })
  await expect(app.getByRole('grid').getByText(`First ${word}`)).toBeVisible({ timeout: 2_000 })
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true })

  test('a list at its top takes what is new, and one that was scrolled tells of it', async ({
    app,
    api,
    browser,
    shot,
  }) => {
    const word = fresh('Fern').split(' ')[1] ?? ''
    const operations = Array.from({ length: 30 }, (_, at) => ({ op: 'create', values: { name: `Row ${at} ${word}` } }))
    await api.send('POST', 'companies/batch', { atomic: false, operations })
    const other = await colleague(browser, api.url)
    await app.goto(`/o/companies?columns=name,city&sort=-created_at&q=${word}`)
    const list = app.getByRole('region', { name: 'Companies' })
    await expect(list.getByText(`Row 29 ${word}`)).toBeVisible()
    await other.send('POST', 'companies', { name: `Top ${word}` })
    await expect(list.getByText(`Top ${word}`)).toBeVisible({ timeout: 1_000 })
    await list.evaluate((element) => element.scrollTo(0, 400))
    await other.send('POST', 'companies', { name: `Later ${word}` })
    const chip = app.getByRole('button', { name: '1 new' })
    await expect(chip).toBeVisible({ timeout: 1_000 })
    await shot('phone-news')
    await chip.tap()
    await expect(list.getByText(`Later ${word}`)).toBeVisible()
  })
})
