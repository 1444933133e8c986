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
