import { expect, fresh, test, toast } from './test'

test('a call is logged in two clicks and stands in the timeline', async ({ app, api, shot }) => {
  const company = await api.send('POST', 'companies', { name: fresh('Telefono Gelati') })
  await app.goto(`/o/companies/${company.id}`)
  await app.getByRole('button', { name: 'Call', exact: true }).click()
  await app.getByPlaceholder('What was said?').fill('They want a second cabinet in spring.')
  await app.getByLabel('Outcome').selectOption('connected')
  await app.getByRole('button', { name: 'Save' }).click()
  await expect(toast(app)).toContainText('logged')
  await expect(app.getByRole('article').filter({ hasText: 'They want a second cabinet in spring.' })).toBeVisible()
  await shot('record-call-logged')
  await expect.poll(async () => (await api.one('companies', company.id)).last_touch_kind).toBe('call')
})

test('a task that was done says so on its card and nowhere else in the timeline', async ({ app, api }) => {
  const company = await api.send('POST', 'companies', { name: fresh('Fatto Gelati') })
  const about = [{ object: 'company', id: company.id }]
  const subject = fresh('Send the offer')
  const today = new Date().toLocaleDateString('en-CA', { timeZone: 'Europe/Rome' })
  await api.send('POST', 'activities', { kind: 'task', subject, due_on: today, about })
  await app.goto(`/o/companies/${company.id}`)
  const timeline = app.getByRole('region', { name: 'Timeline' })
  const card = timeline.getByRole('article').filter({ hasText: subject })
  await card.getByRole('button', { name: 'Mark done' }).click()
  await expect(card.getByRole('button', { name: 'Mark done' })).toBeHidden()
  await expect(timeline.getByRole('link', { name: subject })).toHaveCount(1)
  await timeline.getByRole('button', { name: 'Changes' }).click()
  await expect(timeline.getByText('changed Done of')).toBeVisible()
})

test('a field is edited in place by keyboard', async ({ app, api }) => {
  const company = await api.send('POST', 'companies', { name: fresh('Tastiera Gelati'), employees: 4 })
  await app.goto(`/o/companies/${company.id}`)
  await app.getByRole('button', { name: 'Edit Employees' }).focus()
  await app.keyboard.press('Enter')
  await app.getByLabel('Employees').fill('12k')
  await app.keyboard.press('Enter')
  await expect.poll(async () => (await api.one('companies', company.id)).employees).toBe(12_000)
})

test('when two people change one field, the second sees both values and chooses', async ({ app, api, shot }) => {
  const company = await api.send('POST', 'companies', { name: fresh('Conflitto Gelati'), employees: 4 })
  await app.goto(`/o/companies/${company.id}`)
  await app.getByRole('button', { name: 'Edit Employees' }).click()
  const input = app.getByLabel('Employees')
  await input.fill('50')
  await api.send('PATCH', `companies/${company.id}`, { employees: 77 })
  await expect(input).toHaveValue('50')
  await input.press('Enter')
  const dialog = app.getByRole('dialog')
  await expect(dialog).toContainText('77')
  await expect(dialog).toContainText('50')
  await shot('conflict')
  await dialog.getByRole('button', { name: 'Save mine' }).click()
  await expect.poll(async () => (await api.one('companies', company.id)).employees).toBe(50)
})

test('a deleted record comes back with undo', async ({ app, api }) => {
  const company = await api.send('POST', 'companies', { name: fresh('Cestino Gelati') })
  await app.goto(`/o/companies/${company.id}`)
  await app.getByRole('button', { name: 'More actions' }).click()
  await app.getByRole('menuitem', { name: 'Delete' }).click()
  await expect(app).toHaveURL(/\/o\/companies$/)
  await app.getByRole('button', { name: 'Undo' }).click()
  await expect(toast(app)).toContainText('Undone')
  await app.goto(`/o/companies/${company.id}`)
  await expect(app.getByRole('heading', { level: 1, name: String(company.name) })).toBeVisible()
})

test('a link to a record in the bin leads to who deleted it, and from there it comes back', async ({ app, api }) => {
  const company = await api.send('POST', 'companies', { name: fresh('Cestino Celle') })
  const contact = await api.send('POST', 'contacts', { last_name: fresh('Cestini'), company: company.id })
  await api.send('DELETE', `companies/${company.id}`)
  await app.goto(`/o/contacts/${contact.id}`)
  const link = app.getByRole('link', { name: String(company.name) }).first()
  await expect(link.locator('..')).toContainText('in the bin')
  await link.click()
  await expect(app.getByRole('heading', { level: 1, name: `${company.name} is in the bin` })).toBeVisible()
  await expect(app.getByText(/deleted it on/)).toBeVisible()
  await app.getByRole('button', { name: 'Restore' }).click()
  await expect(app.getByRole('heading', { level: 1, name: String(company.name), exact: true })).toBeVisible()
  await expect(toast(app)).toContainText('restored')
  await app.goBack()
  await expect(app.getByRole('link', { name: String(company.name) }).first()).toBeVisible()
  await expect(app.getByText('in the bin')).toBeHidden()
})

test('a lead becomes a contact, a company and a deal', async ({ app, api, shot }) => {
  const lead = await api.send('POST', 'leads', {
    first_name: 'Carla',
    last_name: 'Nerini',
    company_name: 'Nerini Celle',
    email: 'carla@nerini.example',
  })
  await app.goto(`/o/leads/${lead.id}`)
  await app.getByRole('button', { name: 'Convert' }).click()
  const dialog = app.getByRole('dialog')
  await expect(dialog.getByLabel(`New: ${lead.company_name}`)).toBeChecked()
  await dialog.getByLabel('Amount', { exact: true }).fill('12.5k')
  await shot('lead-convert')
  await dialog.getByRole('button', { name: 'Convert' }).click()
  await expect(app).toHaveURL(/\/o\/deals\//)
  await expect(app.getByRole('heading', { level: 1 })).toContainText(String(lead.company_name))
  const after = await api.one('leads', lead.id)
  expect(after.status).toBe('converted')
  expect((await api.one('deals', String(after.deal))).amount).toEqual({ amount: '12500.00', currency: 'EUR' })
})

test('a lead of a company that is there already becomes a contact and a deal of that company', async ({ app, api }) => {
  const company = await api.send('POST', 'companies', { name: fresh('Nerini Freddo') })
  const lead = await api.send('POST', 'leads', { last_name: fresh('Nerini'), company_name: `${company.name} S.r.l.` })
  await app.goto(`/o/leads/${lead.id}`)
  await app.getByRole('button', { name: 'Convert' }).click()
  const dialog = app.getByRole('dialog')
  await expect(dialog.getByRole('radio', { name: new RegExp(String(company.name)) }).nth(1)).toBeChecked()
  const place = async (label: string) => dialog.getByRole('combobox', { name: label, exact: true }).inputValue()
  await expect.poll(() => place('Pipeline')).not.toBe('')
  await expect.poll(() => place('Stage')).not.toBe('')
  await dialog.getByRole('button', { name: 'Convert' }).click()
  await expect(app).toHaveURL(/\/o\/deals\//)
  const after = await api.one('leads', lead.id)
  expect(after.company).toBe(company.id)
  expect((await api.one('contacts', String(after.contact))).company).toBe(company.id)
})

test('what is due is done from Today, and can be taken back', async ({ app, api, shot }) => {
  const today = new Date().toLocaleDateString('en-CA', { timeZone: 'Europe/Rome' })
  const task = await api.send('POST', 'activities', {
    kind: 'task',
    subject: fresh('Ring the fair office'),
    due_on: today,
  })
  await app.goto('/')
  await shot('today')
  await app.getByRole('button', { name: `Mark “${task.subject}” done` }).click()
  await expect.poll(async () => (await api.one('activities', task.id)).status).toBe('done')
  await app.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(async () => (await api.one('activities', task.id)).status).not.toBe('done')
})

test('finishing the last thing planned on a deal asks what comes next, where one finished it', async ({
  app,
  api,
  shot,
}) => {
  const today = new Date().toLocaleDateString('en-CA', { timeZone: 'Europe/Rome' })
  const [stage] = await api.list('stages', { filter: 'name == "Discovery" && pipeline.name == "Equipment"' })
  const deal = await api.send('POST', 'deals', {
    name: fresh('Ten cabinets'),
    stage: stage?.id,
    amount: { amount: '9000', currency: 'EUR' },
    expected_close: '2030-01-15',
  })
  const plan = (subject: string) =>
    api.send('POST', 'activities', {
      kind: 'task',
      subject: fresh(subject),
      due_on: today,
      about: [{ object: 'deal', id: deal.id }],
    })
  const open = () => api.list('activities', { filter: `"${deal.id}" in about && status == "open"` })
  const first = await plan('Measure the window')
  await app.goto('/')
  await app.getByRole('button', { name: `Mark “${first.subject}” done` }).click()
  const asked = app.getByRole('region', { name: String(deal.name) })
  await expect(asked).toContainText('Nothing is planned for')
  await expect(asked.getByRole('textbox', { name: 'Next step' })).toBeFocused()
  await shot('today-next')
  await app.keyboard.type('Send the drawing')
  await app.keyboard.press('Enter')
  await expect(asked).toBeHidden()
  await expect.poll(async () => (await open()).map((one) => one.subject)).toEqual(['Send the drawing'])

  await app.goto(`/o/deals/${deal.id}`)
  const step = app.getByRole('region', { name: 'Next step' })
  await step.getByRole('button', { name: 'Mark done' }).click()
  await expect(step.getByRole('textbox', { name: 'Next step' })).toBeFocused()
  await app.keyboard.press('Escape')
  await expect(step).toContainText('No next step')
})

test('a past call is logged at its own date, and the next step follows without a further click', async ({
  app,
  api,
}) => {
  const company = await api.send('POST', 'companies', { name: fresh('Ieri Gelati') })
  await app.goto(`/o/companies/${company.id}`)
  await app.getByRole('button', { name: 'Call', exact: true }).click()
  await app.keyboard.type('They want the quote by Friday.')
  await app.getByLabel('Outcome').selectOption('connected')
  await app.getByLabel('Date', { exact: true }).fill('-3')
  await app.keyboard.press('Control+Enter')
  await expect(toast(app)).toContainText('logged')
  const next = app.getByRole('textbox', { name: 'Next step' })
  await expect(next).toBeFocused()
  await app.keyboard.type('Send the quote')
  await app.keyboard.press('Enter')
  await expect(toast(app)).toContainText('Next step planned')
  const inRome = (at: Date) => at.toLocaleDateString('en-CA', { timeZone: 'Europe/Rome' })
  const touched = async () => (await api.one('companies', company.id)).last_touch_at
  await expect
    .poll(async () => inRome(new Date(String(await touched()))))
    .toBe(inRome(new Date(Date.now() - 3 * 86_400_000)))
  await expect
    .poll(async () => (await api.list('activities', { filter: `"${company.id}" in about && status == "open"` })).length)
    .toBe(1)
})

test('a note takes Markdown, names a colleague who hears of it, and stays on top when pinned', async ({
  app,
  api,
  shot,
}) => {
  const company = await api.send('POST', 'companies', { name: fresh('Appunti Gelati') })
  const [colleague] = await api.list('users', { filter: 'status == "active" && id != me()', limit: '1', sort: 'name' })
  const name = String(colleague?.name)
  await app.goto(`/o/companies/${company.id}`)
  await app.getByRole('button', { name: 'Note', exact: true }).click()
  await app.keyboard.type(`**Two** cabinets, see https://example.com <b>now</b> @${name.slice(0, 4)}`)
  await app.getByRole('option', { name: new RegExp(name) }).waitFor()
  await app.keyboard.press('Enter')
  await expect(app.getByPlaceholder('Write a note')).toHaveValue(new RegExp(`@${name} $`))
  await app.keyboard.press('Control+Enter')
  const card = app.getByRole('article').filter({ hasText: 'cabinets' }).first()
  await expect(card.locator('strong').filter({ hasText: 'Two' })).toBeVisible()
  await expect(card.getByRole('link', { name: 'https://example.com', exact: true })).toHaveAttribute('rel', /noopener/)
  await expect(card).toContainText('<b>now</b>')
  await card.getByRole('button', { name: 'Pin on top' }).click()
  await expect(app.getByRole('region', { name: 'Pinned' }).getByRole('article')).toContainText('cabinets')
  await shot('record-pinned')
})

test('a file dropped on the page is attached, listed and taken back', async ({ app, api }) => {
  const company = await api.send('POST', 'companies', { name: fresh('Allegati Gelati') })
  await app.goto(`/o/companies/${company.id}`)
  await app.getByRole('heading', { level: 1 }).waitFor()
  // The list of files and the place to drop them come together, after the first look.
  await app.getByRole('region', { name: 'Files' }).waitFor()
  const data = await app.evaluateHandle(() => {
    const transfer = new DataTransfer()
    transfer.items.add(new File(['planimetria'], 'floor plan.txt', { type: 'text/plain' }))
    return transfer
  })
  await app.dispatchEvent('body', 'dragenter', { dataTransfer: data })
  await expect(app.getByText(/Drop to attach to/)).toBeVisible()
  await app.dispatchEvent('body', 'drop', { dataTransfer: data })
  const files = app.getByRole('region', { name: 'Files' })
  await expect(files.getByRole('link', { name: /floor plan.txt/ })).toBeVisible()
  await app.getByRole('button', { name: 'Undo' }).click()
  await expect(files.getByRole('link', { name: /floor plan.txt/ })).toHaveCount(0)
})

test('a company shows its subsidiaries’ deals, sums and timeline at one switch', async ({ app, api, shot }) => {
  const top = await api.send('POST', 'companies', { name: fresh('Gruppo Neve') })
  const daughter = await api.send('POST', 'companies', { name: fresh('Neve Nord'), parent: top.id })
  const below = await api.send('POST', 'companies', { name: fresh('Neve Torino'), parent: daughter.id })
  const deal = await api.send('POST', 'deals', {
    name: fresh('Vetrine Torino'),
    company: below.id,
    amount: { amount: '7000', currency: 'EUR' },
  })
  await api.send('POST', 'activities', {
    kind: 'call',
    outcome: 'connected',
    body: 'About the cabinets',
    about: [{ object: 'deal', id: deal.id }],
  })
  await app.goto(`/o/companies/${top.id}`)
  const deals = app.getByRole('region', { name: 'Open deals' })
  await expect(deals.getByRole('link', { name: String(deal.name) })).toHaveCount(0)
  await app.getByRole('switch', { name: 'Include 2 subsidiaries' }).click({ force: true })
  await expect(deals.getByRole('link', { name: new RegExp(String(deal.name)) })).toBeVisible()
  await expect(deals).toContainText('7')
  await expect(app.getByRole('article').filter({ hasText: 'About the cabinets' })).toHaveCount(1)
  await shot('company-group')
})

test('a deal is renamed where its name stands, and the focus comes back', async ({ app, api }) => {
  const deal = await api.send('POST', 'deals', { name: fresh('Vecchio nome') })
  const name = fresh('Nuovo nome')
  await app.goto(`/o/deals/${deal.id}`)
  const edit = app.getByRole('button', { name: 'Edit Name', exact: true })
  await edit.focus()
  await app.keyboard.press('Enter')
  await app.getByRole('textbox', { name: 'Name', exact: true }).fill(name)
  await app.keyboard.press('Enter')
  await expect(app.getByRole('heading', { level: 1, name })).toBeVisible()
  await expect(edit).toBeFocused()
  await expect.poll(async () => (await api.one('deals', deal.id)).name).toBe(name)
})

test('a lead is linked to who is there already unless told otherwise', async ({ app, api }) => {
  const email = `${fresh('nerini').replace(/\W/g, '')}@nerini.example`
  const known = await api.send('POST', 'contacts', { first_name: 'Carla', last_name: fresh('Nerini'), email })
  const lead = await api.send('POST', 'leads', { first_name: 'C.', last_name: 'Nerini', email })
  await app.goto(`/o/leads/${lead.id}`)
  await app.getByRole('button', { name: 'Convert' }).click()
  const dialog = app.getByRole('dialog')
  await expect(dialog.getByRole('radio', { name: new RegExp(String(known.last_name)) })).toBeChecked()
  await dialog.getByLabel('Open a deal').click({ force: true })
  await dialog.getByRole('button', { name: 'Convert' }).click()
  await expect(app).toHaveURL(new RegExp(`/o/contacts/${known.id}`))
  expect((await api.one('leads', lead.id)).contact).toBe(known.id)
})
