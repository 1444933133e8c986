import type { Page } from '@playwright/test'
import type { Api, Row } from './api'
import { drag } from './drag'
import { expect, fresh, test, toast } from './test'

/** The first two open stages of the pipeline that the board shows first, and a fresh deal in the first. */
async function prepare(api: Api, word: string): Promise<{ first: Row; second: Row; deal: Row }> {
  const pipelines = await api.list('pipelines', { sort: 'position', filter: 'active' })
  const pipeline = pipelines.find((candidate) => candidate.default === true) ?? pipelines[0]
  const stages = await api.list('stages', {
    filter: `pipeline == "${pipeline?.id}" && kind == "open" && active`,
    sort: 'position',
  })
  const [first, second] = stages as [Row, Row]
  const soon = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10)
  const deal = await api.send('POST', 'deals', {
    name: fresh(word),
    stage: first.id,
    amount: { amount: '1000.00', currency: 'EUR' },
    expected_close: soon,
  })
  return { first, second, deal }
}

const column = (page: Page, stage: Row) => page.getByRole('region', { name: String(stage.name), exact: true })
const card = (page: Page, deal: Row) => page.locator(`[data-card="${deal.id}"]`)
const inColumn = (page: Page, stage: Row, deal: Row) => column(page, stage).locator(`[data-card="${deal.id}"]`)

/** A search narrows the board to the one card, wherever it stands. */
async function openBoard(page: Page, deal: Row): Promise<void> {
  await page.goto(`/o/deals?q=${encodeURIComponent(String(deal.name))}`)
  await expect(card(page, deal)).toBeVisible()
}

test('a deal is dragged to the next stage, and undo puts it back', async ({ app, api, shot }) => {
  const { first, second, deal } = await prepare(api, 'Draggable freezer')
  await openBoard(app, deal)
  await drag(app, card(app, deal), column(app, second), { x: 100, y: 300 })
  await expect(inColumn(app, second, deal)).toBeVisible()
  await expect(toast(app)).toContainText(`${deal.name} moved to ${second.name}`)
  await shot('board-after-drag')
  await expect.poll(async () => (await api.one('deals', deal.id)).stage).toBe(second.id)
  await app.getByRole('button', { name: 'Undo' }).click()
  await expect(inColumn(app, first, deal)).toBeVisible()
  await expect.poll(async () => (await api.one('deals', deal.id)).stage).toBe(first.id)
})

test('a move to where somebody else has put the deal already offers nothing to take back', async ({ app, api }) => {
  const { second, deal } = await prepare(api, 'Moved twice')
  // The news do not come through, so that the screen shows it where it was.
  await app.route('**/api/v1/live', (route) => route.abort())
  await openBoard(app, deal)
  const { version } = await api.send('PATCH', `deals/${deal.id}`, { stage: second.id })
  await card(app, deal)
    .getByRole('button', { name: /^Actions for/ })
    .click()
  await app.getByRole('menuitem', { name: String(second.name), exact: true }).click()
  await expect(toast(app)).toContainText(`${deal.name} moved to ${second.name}`)
  await expect(toast(app).getByRole('button', { name: 'Undo' })).toBeHidden()
  await expect(inColumn(app, second, deal)).toBeVisible()
  expect((await api.one('deals', deal.id)).version, 'nothing was written').toBe(version)
})

test('a deal is moved by its menu and by keyboard alone', async ({ app, api }) => {
  const { first, second, deal } = await prepare(api, 'Menu freezer')
  await openBoard(app, deal)
  await card(app, deal)
    .getByRole('button', { name: /^Actions for/ })
    .click()
  await app.getByRole('menuitem', { name: String(second.name), exact: true }).click()
  await expect(inColumn(app, second, deal)).toBeVisible()
  await expect.poll(async () => (await api.one('deals', deal.id)).stage).toBe(second.id)
  await card(app, deal).getByRole('link').focus()
  await app.keyboard.press('Shift+ArrowLeft')
  await expect(inColumn(app, first, deal)).toBeVisible()
  await expect.poll(async () => (await api.one('deals', deal.id)).stage).toBe(first.id)
})

test('a lost deal needs a reason; a won one leaves the board', async ({ app, api, shot }) => {
  const { deal } = await prepare(api, 'Closing freezer')
  await openBoard(app, deal)
  await card(app, deal)
    .getByRole('button', { name: /^Actions for/ })
    .click()
  await app.getByRole('menuitem', { name: 'Lost' }).click()
  const dialog = app.getByRole('dialog', { name: `Lost: ${deal.name}` })
  await dialog.getByRole('button', { name: 'Lost' }).click()
  await expect(dialog.getByRole('alert')).toBeVisible()
  await shot('deal-lost-needs-reason')
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  expect((await api.one('deals', deal.id)).status).toBe('open')
  await card(app, deal)
    .getByRole('button', { name: /^Actions for/ })
    .click()
  await app.getByRole('menuitem', { name: 'Won' }).click()
  await app.getByRole('dialog').getByRole('button', { name: 'Won' }).click()
  await expect(card(app, deal)).toBeHidden()
  await expect.poll(async () => (await api.one('deals', deal.id)).status).toBe('won')
})

test('a deal is dropped on Won', async ({ app, api, shot }) => {
  const { deal } = await prepare(api, 'Dropped freezer')
  await openBoard(app, deal)
  await card(app, deal).hover()
  await app.mouse.down()
  await app.mouse.move(500, 400, { steps: 5 })
  const zone = app.locator('[data-zone=won]')
  await expect(zone).toBeVisible()
  await shot('board-drop-zones')
  const box = await zone.boundingBox()
  if (!box) throw new Error('the zone has no place')
  await app.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 5 })
  await app.mouse.up()
  await app.getByRole('dialog').getByRole('button', { name: 'Won' }).click()
  await expect.poll(async () => (await api.one('deals', deal.id)).status).toBe('won')
})

test('a deal moved by one person moves on the screen of another within a second', async ({ app, api, browser }) => {
  const { second, deal } = await prepare(api, 'Shared freezer')
  await openBoard(app, deal)
  const other = await browser.newContext({ storageState: await app.context().storageState() })
  const page = await other.newPage()
  await openBoard(page, deal)
  await api.send('PATCH', `deals/${deal.id}`, { stage: second.id })
  const started = Date.now()
  for (const screen of [app, page]) await expect(inColumn(screen, second, deal)).toBeVisible({ timeout: 2000 })
  expect(Date.now() - started).toBeLessThan(1000)
  await other.close()
})

test('the heads of the columns say what the server adds up', async ({ app, api, shot }) => {
  await app.goto('/o/deals')
  await expect(app.locator('[data-card]').first()).toBeVisible()
  await shot('board')
  const report = await api.send<{ rows: { stage: { title: string }; count: number }[] }>('POST', 'query', {
    object: 'deal',
    filter: 'status == "open"',
    group_by: [{ field: 'stage' }],
    measures: [{ fn: 'count' }],
  })
  const [head] = await app.getByRole('heading', { level: 2 }).allTextContents()
  const row = report.rows.find((candidate) => candidate.stage.title === head)
  await expect(app.getByRole('region', { name: head ?? '', exact: true }).locator('header')).toContainText(
    String(row?.count),
  )
})
