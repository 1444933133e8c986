import type { Page } from '@playwright/test'
import type { Row } from './api'
import { expect, fresh, test, toast } from './test'

/** A representative's day by thumb: everything is touched, nothing is clicked or dragged. */
test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })

test.beforeEach(async ({ app: _, api }) => {
  await api.signIn('representative')
  await api.send('PATCH', 'session', { language: 'en', locale: 'en-GB', preferences: { 'list.deal': null } })
})

const inRome = (ahead: number) =>
  new Date(Date.now() + ahead * 86_400_000).toLocaleDateString('en-CA', { timeZone: 'Europe/Rome' })
const card = (app: Page, deal: Row) => app.locator(`[data-card="${deal.id}"]`)
const tap = (app: Page, name: string | RegExp) => app.getByRole('button', { name, exact: true }).first().tap()

test('a deal is moved, won on the day that is asked for, and put back', async ({ app, api, shot }) => {
  const [talk, offer] = await api.list('stages', {
    filter: 'pipeline.name == "Equipment" && kind == "open" && active',
    sort: 'position',
  })
  const deal = await api.send('POST', 'deals', {
    name: fresh('Thumb freezer'),
    stage: talk?.id,
    amount: { amount: '1000.00', currency: 'EUR' },
    expected_close: inRome(20),
  })
  const stage = async () => (await api.one('deals', deal.id)).stage
  await app.goto(`/o/deals?q=${encodeURIComponent(String(deal.name))}`)
  const more = card(app, deal).getByRole('button', { name: /^Actions for/ })
  await more.tap()
  await app.getByRole('menuitem', { name: String(offer?.name), exact: true }).tap()
  await expect.poll(stage).toBe(offer?.id)
  await toast(app).getByRole('button', { name: 'Undo' }).tap()
  await expect.poll(stage).toBe(talk?.id)
  await expect(card(app, deal)).toHaveCount(1)
  await more.tap()
  await app.getByRole('menuitem', { name: 'Won' }).tap()
  await shot('thumb-won')
  await app.getByRole('dialog').getByRole('button', { name: 'Won' }).tap()
  await expect.poll(async () => (await api.one('deals', deal.id)).status).toBe('won')
  await toast(app).getByRole('button', { name: 'Undo' }).tap()
  await expect.poll(async () => (await api.one('deals', deal.id)).status).toBe('open')
})

test('a call is logged on a company, the next step planned, put off from Today and done', async ({
  app,
  api,
  shot,
}) => {
  const company = await api.send('POST', 'companies', { name: fresh('Thumb Gelati') })
  await app.goto(`/o/companies/${company.id}`)
  await tap(app, 'Call')
  await app.getByRole('textbox', { name: 'What was said?' }).fill('Wants a quote.')
  await app.getByLabel('Outcome').selectOption('connected')
  await shot('thumb-call')
  await tap(app, 'Save')
  const next = app.getByRole('textbox', { name: 'Next step' })
  await next.fill(fresh('Thumb quote'))
  await tap(app, 'Plan')
  const planned = async () =>
    (await api.list('activities', { filter: `"${company.id}" in about && kind == "task"` }))[0] as Row
  await expect.poll(planned).toBeTruthy()
  const task = await planned()
  await app.goto('/')
  await tap(app, `Put off “${task.subject}”`)
  await app.getByRole('menuitem', { name: 'In 3 days' }).tap()
  await expect.poll(async () => (await api.one('activities', task.id)).due_on).toBe(inRome(3))
  await tap(app, `Mark “${task.subject}” done`)
  await expect.poll(async () => (await api.one('activities', task.id)).status).toBe('done')
})

test('a contact is made, found again by a part of the number, and a field changed in place', async ({
  app,
  api,
  shot,
}) => {
  const name = fresh('Thumbelli')
  const digits = String(Date.now()).slice(-6)
  await app.goto('/o/contacts')
  await tap(app, 'New contact')
  const dialog = app.getByRole('dialog')
  await dialog.getByLabel('First name').fill('Tina')
  await dialog.getByLabel('Last name').fill(name)
  await dialog
    .getByRole('textbox', { name: /^Phone/ })
    .first()
    .fill(`+39 0461 ${digits}`)
  await shot('thumb-create')
  await dialog.getByRole('button', { name: 'Create', exact: true }).tap()
  const made = async () => (await api.list('contacts', { filter: `last_name == "${name}"` }))[0]
  await expect.poll(made).toBeTruthy()
  await app.goto('/')
  await tap(app, 'Menu')
  await tap(app, /^Search/)
  await app.getByRole('combobox').fill(digits)
  await app.getByRole('option', { name: new RegExp(name) }).tap()
  await expect(app.getByRole('heading', { level: 1 })).toContainText(name)
  await tap(app, 'Details')
  const details = app.getByRole('region', { name: 'Details' })
  await details
    .getByRole('button', { name: /empty field/ })
    .first()
    .tap()
  await details.getByRole('button', { name: 'Add Job title' }).first().tap()
  await app.getByRole('textbox', { name: 'Job title' }).fill('Buyer')
  await app.getByRole('textbox', { name: 'Job title' }).press('Enter')
  await expect.poll(async () => (await made())?.job_title).toBe('Buyer')
})

test('a lead becomes a contact, a company and a deal', async ({ app, api, shot }) => {
  const lead = await api.send('POST', 'leads', { last_name: fresh('Daumen'), company_name: fresh('Daumen Eis') })
  await app.goto(`/o/leads/${lead.id}`)
  await tap(app, 'Convert')
  const dialog = app.getByRole('dialog')
  await expect(dialog.getByLabel(`New: ${lead.company_name}`)).toBeChecked()
  await shot('thumb-convert')
  await dialog.getByRole('button', { name: 'Convert' }).tap()
  await expect.poll(async () => (await api.one('leads', lead.id)).status).toBe('converted')
  await expect(app).toHaveURL(/\/o\/deals\//)
})
