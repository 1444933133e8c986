import type { Page } from '@playwright/test'
import type { Api, Row } from './api'
import { expect, fresh, test, toast } from './test'

const day = (offset: number) =>
  new Date(Date.now() + offset * 86_400_000).toLocaleDateString('en-CA', { timeZone: 'Europe/Rome' })

interface Pipeline {
  pipeline: Row
  /** Open stages in their order. */
  stages: Row[]
}

/** A pipeline of the test's own, so that its figures are only its own. */
async function pipelineOf(api: Api, word: string, more: Record<string, unknown>[] = [{}, {}, {}]): Promise<Pipeline> {
  const pipeline = await api.send('POST', 'pipelines', { name: fresh(word) })
  const stages: Row[] = []
  for (const [at, values] of more.entries())
    stages.push(
      await api.send('POST', 'stages', {
        pipeline: pipeline.id,
        name: `${word} ${at + 1}`,
        kind: 'open',
        position: at + 1,
        probability: 20 * (at + 1),
        ...values,
      }),
    )
  for (const kind of ['won', 'lost'])
    if ((await api.list('stages', { filter: `pipeline == "${pipeline.id}" && kind == "${kind}"` })).length === 0)
      await api.send('POST', 'stages', { pipeline: pipeline.id, name: kind, kind, position: 50 })
  return { pipeline, stages }
}

const dealIn = (api: Api, stage: Row | undefined, word: string, more: Record<string, unknown> = {}) =>
  api.send('POST', 'deals', {
    name: fresh(word),
    stage: stage?.id,
    amount: { amount: '1000.00', currency: 'EUR' },
    expected_close: day(20),
    ...more,
  })

const column = (page: Page, stage: Row | undefined) =>
  page.getByRole('region', { name: String(stage?.name), exact: true })
const card = (page: Page, deal: Row) => page.locator(`[data-card="${deal.id}"]`)
const inColumn = (page: Page, stage: Row | undefined, deal: Row) =>
  column(page, stage).locator(`[data-card="${deal.id}"]`)

async function choose(page: Page, deal: Row, verb: string): Promise<void> {
  await card(page, deal)
    .getByRole('button', { name: /^Actions for/ })
    .click()
  await page.getByRole('menuitem', { name: verb, exact: true }).click()
}

async function pickUp(page: Page, deal: Row): Promise<void> {
  await card(page, deal).hover()
  await page.mouse.down()
  await page.mouse.move(500, 400, { steps: 6 })
}

async function dropOn(page: Page, place: ReturnType<Page['locator']>): Promise<void> {
  const box = await place.boundingBox()
  if (!box) throw new Error('there is nowhere to drop')
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 6 })
  await page.mouse.up()
}

test('sums of a column are those of the report, in one currency and in each', async ({ app, api, shot }) => {
  const { pipeline, stages } = await pipelineOf(api, 'Sums')
  await dealIn(api, stages[0], 'Euro cabinet', { amount: { amount: '12000.50', currency: 'EUR' } })
  await dealIn(api, stages[0], 'Yuan cabinet', { amount: { amount: '80000.00', currency: 'CNY' } })
  const filter = `status == "open" && stage == "${stages[0]?.id}"`
  const report = await api.send<{ rows: { count: number; sum_amount: { amount: string; currency: string } }[] }>(
    'POST',
    'query',
    { object: 'deal', filter, measures: [{ fn: 'count' }, { fn: 'sum', field: 'amount' }] },
  )
  const [row] = report.rows
  await app.goto(`/o/deals?scope=${pipeline.id}`)
  const head = column(app, stages[0]).locator('header')
  await expect(head).toContainText(String(row?.count))
  await head.getByRole('button', { name: /€/ }).hover()
  const tip = app.getByRole('tooltip')
  const inFull = new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'EUR' })
  await expect(tip).toContainText(inFull.format(Number(row?.sum_amount.amount)))
  await expect(tip).toContainText('€12,000.50')
  await expect(tip).toContainText('CN¥80,000')
  await shot('board-currencies')
  await app.getByLabel('Search this list').fill('euro cabinet')
  await expect(app.locator('[data-card]')).toHaveCount(1)
  await expect(head.getByRole('button', { name: '€12k' })).toBeVisible()
})

test('pipeline, owner, period and search stand in the address and are found again', async ({ app, api }) => {
  const { pipeline, stages } = await pipelineOf(api, 'Kept')
  const mine = await dealIn(api, stages[0], 'Kept cabinet', { expected_close: day(0) })
  const far = await dealIn(api, stages[0], 'Kept cabinet', { expected_close: day(500) })
  await app.goto('/o/deals')
  await app.getByRole('button', { name: 'Equipment' }).click()
  await app.getByRole('menuitemradio', { name: String(pipeline.name) }).click()
  await expect(card(app, far)).toBeVisible()
  await app.getByRole('button', { name: 'Everyone' }).click()
  await app.getByRole('menuitemradio', { name: 'Mine' }).click()
  await app.getByRole('button', { name: 'Any time' }).click()
  await app.getByRole('menuitemradio', { name: 'Expected close: this month' }).click()
  await expect(card(app, mine)).toBeVisible()
  await expect(card(app, far)).toBeHidden()
  const saved = app.waitForResponse(
    (answer) => answer.url().endsWith('/session') && (answer.request().postData() ?? '').includes('"kept"'),
  )
  await app.getByLabel('Search this list').fill('kept')
  await expect(app).toHaveURL(/q=kept/)
  await saved
  for (const part of [`scope=${pipeline.id}`, 'who=mine', 'period=this_month']) expect(app.url()).toContain(part)
  await app.goto('/')
  await app.getByRole('link', { name: 'Deals', exact: true }).click()
  await expect(app).toHaveURL(/q=kept/)
  for (const part of [`scope=${pipeline.id}`, 'who=mine', 'period=this_month']) expect(app.url()).toContain(part)
  await expect(app.getByLabel('Search this list')).toHaveValue('kept')
  await expect(card(app, mine)).toBeVisible()
  await expect(card(app, far)).toBeHidden()
})

test('a card that is let go with Escape is where it was, and nothing is written', async ({ app, api }) => {
  const { pipeline, stages } = await pipelineOf(api, 'Escape')
  const deal = await dealIn(api, stages[0], 'Escaping freezer')
  await app.goto(`/o/deals?scope=${pipeline.id}`)
  for (const zone of ['won', 'lost']) {
    await pickUp(app, deal)
    await dropOn(app, app.locator(`[data-zone=${zone}]`))
    await expect(app.getByRole('dialog')).toBeVisible()
    await app.keyboard.press('Escape')
    await expect(app.getByRole('dialog')).toBeHidden()
    await expect(inColumn(app, stages[0], deal)).toBeVisible()
  }
  expect((await api.one('deals', deal.id)).version).toBe(deal.version)
})

test('a lost deal gets its reason, and undo restores all of it together', async ({ app, api, shot }) => {
  const { pipeline, stages } = await pipelineOf(api, 'Losing')
  const deal = await dealIn(api, stages[1], 'Losing freezer')
  const before = await api.one('deals', deal.id)
  const rival = await api.send('POST', 'companies', { name: fresh('Rivale Frigo'), relationships: ['competitor'] })
  await app.goto(`/o/deals?scope=${pipeline.id}`)
  await pickUp(app, deal)
  await dropOn(app, app.locator('[data-zone=lost]'))
  const dialog = app.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Lost' }).click()
  await expect(dialog.getByRole('alert').first()).toBeVisible()
  expect((await api.one('deals', deal.id)).status).toBe('open')
  await dialog.getByLabel('Reason for losing').click()
  await app.getByRole('option', { name: 'Lost to a competitor' }).click()
  await dialog.getByLabel('Lost to').fill(String(rival.name))
  await app.getByRole('option', { name: String(rival.name), exact: true }).click()
  await dialog.getByLabel('Note on closing').fill('They were faster.')
  await shot('deal-lost')
  await dialog.getByRole('button', { name: 'Lost' }).click()
  await expect(card(app, deal)).toBeHidden()
  await expect
    .poll(async () => {
      const lost = await api.one('deals', deal.id)
      return [lost.status, lost.lost_reason, lost.lost_to, lost.close_note, lost.probability]
    })
    .toEqual(['lost', 'competitor', rival.id, 'They were faster.', 0])
  await app.getByRole('button', { name: 'Undo' }).click()
  await expect(inColumn(app, stages[1], deal)).toBeVisible()
  const fields = [
    'stage',
    'status',
    'probability',
    'closed_at',
    'lost_reason',
    'lost_to',
    'close_note',
    'expected_close',
  ]
  const of = (row: Row) => fields.map((name) => row[name])
  expect(of(await api.one('deals', deal.id))).toEqual(of(before))
})

test('a deal is won on the day that is asked for, today unless said otherwise', async ({ app, api }) => {
  const { pipeline, stages } = await pipelineOf(api, 'Winning')
  const deal = await dealIn(api, stages[2], 'Winning freezer')
  await app.goto(`/o/deals?scope=${pipeline.id}`)
  await choose(app, deal, 'Won')
  const dialog = app.getByRole('dialog')
  const today = new Date().toLocaleDateString('en-GB', { timeZone: 'Europe/Rome' })
  await expect(dialog.getByLabel('Closed')).toHaveValue(new RegExp(today))
  await dialog.getByRole('button', { name: 'Won' }).click()
  await expect.poll(async () => (await api.one('deals', deal.id)).status).toBe('won')
  await expect(toast(app)).toBeVisible()
  await app.getByRole('button', { name: 'Undo' }).click()
  await expect(inColumn(app, stages[2], deal)).toBeVisible()
  expect(await api.one('deals', deal.id)).toMatchObject({
    status: 'open',
    closed_at: null,
    probability: deal.probability,
  })
})

test('a stage that asks for fields shows only those that are missing', async ({ app, api, shot }) => {
  const { pipeline, stages } = await pipelineOf(api, 'Asking', [{}, { entry_fields: ['next_step', 'source'] }])
  const deal = await dealIn(api, stages[0], 'Asked freezer', { source: 'referral' })
  const refused = await api.answer('PATCH', `deals/${deal.id}`, { stage: stages[1]?.id })
  expect(refused.status).toBe(422)
  expect((refused.body.fields as { field: string }[]).map((problem) => problem.field)).toEqual(['next_step'])
  await app.goto(`/o/deals?scope=${pipeline.id}`)
  await choose(app, deal, String(stages[1]?.name))
  const sheet = app.getByRole('dialog', { name: `Before it moves to ${stages[1]?.name}` })
  await expect(sheet.getByLabel('Next step')).toBeVisible()
  await expect(sheet.getByLabel('Source')).toHaveCount(0)
  await shot('board-missing-fields')
  await app.keyboard.press('Escape')
  await expect(sheet).toBeHidden()
  await expect(inColumn(app, stages[0], deal)).toBeVisible()
  expect((await api.one('deals', deal.id)).version).toBe(deal.version)
  await choose(app, deal, String(stages[1]?.name))
  await sheet.getByLabel('Next step').fill('Send the drawings')
  await sheet.getByRole('button', { name: 'Save and move' }).click()
  await expect(inColumn(app, stages[1], deal)).toBeVisible()
  await expect
    .poll(async () => api.one('deals', deal.id))
    .toMatchObject({ stage: stages[1]?.id, next_step: 'Send the drawings' })
})

test('each card says when its next step is due', async ({ app, api, shot }) => {
  const { pipeline, stages } = await pipelineOf(api, 'Plans')
  const plans = [
    { due: day(-3), said: '3 d overdue' },
    { due: day(0), said: 'Today' },
    { due: day(1), said: 'Tomorrow' },
    { due: day(6), said: 'in 6 d' },
    { due: null, said: 'No plan' },
  ]
  for (const plan of plans) {
    const deal = await dealIn(api, stages[0], 'Planned freezer')
    const about = [{ object: 'deal', id: deal.id }]
    const later = { kind: 'call', subject: 'Later', due_on: day(30), about }
    if (plan.due) {
      await api.send('POST', 'activities', later)
      await api.send('POST', 'activities', { kind: 'task', subject: 'Ring them', due_on: plan.due, about })
    }
    await app.goto(`/o/deals?scope=${pipeline.id}`)
    await expect(card(app, deal)).toContainText(plan.said)
  }
  await shot('board-plans')
})

test('what is slow or rotten is marked with its rule, and a view lists exactly those', async ({ app, api, shot }) => {
  const { pipeline, stages } = await pipelineOf(api, 'Ageing', [{ usual_days: 10 }, { usual_days: 10 }])
  const aged = (days: number) => ({ stage_since: `${day(-days)}T10:00:00Z`, created_at: `${day(-days)}T10:00:00Z` })
  const planned = async (deal: Row) => {
    const about = [{ object: 'deal', id: deal.id }]
    await api.send('POST', 'activities', { kind: 'task', subject: 'Ring', due_on: day(3), about })
    return deal
  }
  const fresh_ = await planned(await dealIn(api, stages[0], 'Fresh freezer', aged(9)))
  const slow = await planned(await dealIn(api, stages[0], 'Slow freezer', aged(12)))
  const rotten = await planned(await dealIn(api, stages[0], 'Rotten freezer', aged(16)))
  await app.goto(`/o/deals?scope=${pipeline.id}`)
  await expect(card(app, slow)).toContainText('12 d in stage')
  await expect(card(app, slow).getByTitle(/^Slow: over the usual 10 d in this stage\. In stage 12 d;/)).toBeVisible()
  await expect(card(app, rotten).getByTitle(/^Rotten: over 1\.5 times the usual 10 d.*In stage 16 d;/)).toBeVisible()
  await expect(card(app, fresh_)).not.toContainText('in stage')
  await shot('board-ageing')
  await app.getByRole('link', { name: 'Stuck' }).click()
  await expect(app.getByRole('grid')).toContainText(String(slow.name))
  await expect(app.getByRole('grid')).toContainText(String(rotten.name))
  await expect(app.getByText('2 deals', { exact: true })).toBeVisible()
})

test('when two people move one card, the second is told who put it where, and chooses', async ({ app, api, shot }) => {
  const { pipeline, stages } = await pipelineOf(api, 'Shared')
  const deal = await dealIn(api, stages[0], 'Twice moved freezer')
  for (const [button, wanted] of [
    ['Keep theirs', 2],
    ['Save mine', 1],
  ] as const) {
    await api.send('PATCH', `deals/${deal.id}`, { stage: stages[0]?.id })
    await app.goto(`/o/deals?scope=${pipeline.id}`)
    await pickUp(app, deal)
    await api.send('PATCH', `deals/${deal.id}`, { stage: stages[2]?.id })
    await dropOn(app, column(app, stages[1]).getByRole('list'))
    const dialog = app.getByRole('dialog', { name: 'Stage was changed meanwhile' })
    await expect(dialog).toContainText(String(stages[1]?.name))
    await expect(dialog).toContainText(String(stages[2]?.name))
    await expect(dialog).toContainText('Nadia Ricci changed this field')
    await shot('board-conflict')
    await dialog.getByRole('button', { name: button }).click()
    await expect(inColumn(app, stages[wanted], deal)).toBeVisible()
    await expect.poll(async () => (await api.one('deals', deal.id)).stage).toBe(stages[wanted]?.id)
  }
})
