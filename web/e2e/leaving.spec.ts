import { expect, fresh, test, toast } from './test'

test('who leaves is signed out, and the open work goes to a colleague after the numbers were shown', async ({
  app,
  api,
  shot,
}) => {
  const [role] = await api.list('roles', { filter: 'name == "representative"' })
  const person = async (name: string) =>
    api.send('POST', 'users', {
      name,
      email: `${name.toLowerCase().replace(/\W/g, '.')}@prova.example`,
      status: 'active',
      roles: [role?.id],
    })
  const [leaver, heir] = [await person(fresh('Stefano Va')), await person(fresh('Sofia Resta'))]
  const company = await api.send('POST', 'companies', { name: fresh('Eredità'), owner: leaver.id })
  const deal = await api.send('POST', 'deals', { name: fresh('Open'), company: company.id, owner: leaver.id })
  await app.goto('/settings/people')
  await app.getByLabel('Find a person').fill(String(leaver.name))
  await app.getByRole('button', { name: `Actions for ${leaver.name}` }).click()
  await app.getByRole('menuitem', { name: 'Deactivate' }).click()
  const dialog = app.getByRole('dialog')
  await expect(dialog.getByRole('listitem').filter({ hasText: 'Companies' })).toContainText('1')
  await expect(dialog.getByRole('listitem').filter({ hasText: 'Deals' })).toContainText('1')
  await dialog.getByLabel('Goes to').click()
  await app.getByRole('option', { name: String(heir.name) }).click()
  await shot('hand-over')
  await dialog.getByRole('button', { name: 'Hand over 2 records' }).click()
  await expect(toast(app)).toContainText('deactivated, the work handed over')
  await expect.poll(async () => (await api.one('deals', deal.id)).owner).toBe(heir.id)
  expect((await api.one('users', leaver.id)).status).toBe('deactivated')
  await app.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(async () => (await api.one('deals', deal.id)).owner).toBe(leaver.id)
  expect((await api.one('users', leaver.id)).status).toBe('active')
})

test('the bell tells of an assignment, opens its record, and can be told to be silent', async ({
  app,
  api,
  browser,
  server,
  shot,
}) => {
  const people = (
    (await (await app.request.get('/api/v1/setup')).json()) as { demo: { email: string; name: string }[] }
  ).demo
  const marco = people.find((one) => one.name === 'Marco Bianchi')
  const [user] = await api.list('users', { filter: `email == "${marco?.email}"` })
  await api.send('PATCH', `users/${user?.id}`, { language: 'en', locale: 'en-GB' })
  const context = await browser.newContext({
    baseURL: server.url,
    locale: 'en-GB',
    viewport: { width: 1440, height: 900 },
  })
  const page = await context.newPage()
  await page.goto('/sign-in')
  await page
    .getByRole('region', { name: 'Sample company' })
    .getByRole('button', { name: /All \d+ people/ })
    .click()
  await page.getByRole('button', { name: /^Marco Bianchi/ }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Today' })).toBeVisible()

  const first = await api.send('POST', 'companies', { name: fresh('Campanella'), owner: user?.id })
  await page.getByRole('button', { name: /^Notifications, \d+ unread/ }).click()
  await expect(page.getByRole('button', { name: new RegExp(`^Unread:.*${first.name}`) })).toBeVisible()
  await page.screenshot({ path: 'test-results/shots/bell.png' })
  await page.getByRole('button', { name: new RegExp(`^Unread:.*${first.name}`) }).click()
  await expect(page.getByRole('heading', { level: 1, name: String(first.name) })).toBeVisible()
  await page.getByRole('button', { name: /^Notifications/ }).click()
  await page.getByRole('button', { name: new RegExp(`Mark “.*${first.name}.*” as unread`) }).click()
  await expect(page.getByRole('button', { name: new RegExp(`^Unread:.*${first.name}`) })).toBeVisible()

  await page.getByRole('link', { name: 'Choose what you hear of' }).click()
  await page.getByLabel('Somebody gives me a record').click()
  await expect(page.getByLabel('Somebody gives me a record')).not.toBeChecked()
  await shot('settings-notices')
  await expect
    .poll(async () => JSON.stringify((await (await context.request.get('/api/v1/session')).json()).user.preferences))
    .toContain('assigned')
  const second = await api.send('POST', 'companies', { name: fresh('Silenzio'), owner: user?.id })
  await page.reload()
  await expect(page.getByLabel('Somebody gives me a record')).not.toBeChecked()
  await page.getByRole('button', { name: /^Notifications/ }).click()
  await expect(page.getByRole('button', { name: new RegExp(String(first.name)) }).first()).toBeVisible()
  await expect(page.getByText(String(second.name))).toHaveCount(0)
  await context.close()
})
