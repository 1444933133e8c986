import { expect, fresh, test, toast } from './test'

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

test('all records of a view are selected, a field set in them and taken back', async ({ app, api, shot }) => {
  const word = fresh('Taschino')
  const names = Array.from({ length: 120 }, (_, at) => `${word} ${String(at).padStart(3, '0')}`)
  const operations = names.map((name) => ({ op: 'create', values: { name, tier: 'small' } }))
  await api.send('POST', 'companies/batch', { atomic: true, operations })
  await app.goto(`/o/companies?columns=name,tier&q=${encodeURIComponent(word)}&sort=name`)
  const list = app.getByRole('list', { name: 'Companies' })
  await expect(list.getByRole('link').first()).toBeVisible()
  await app.getByRole('button', { name: 'Select', exact: true }).tap()
  await list.getByRole('checkbox', { name: `Select ${names[0]}` }).tap()
  await list.getByText(String(names[1])).tap()
  const bar = app.getByRole('toolbar', { name: 'With the selected records' })
  await expect(bar).toContainText('2 selected')
  await shot('phone-selected')
  const wide = await app.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  expect(wide).toBe(0)
  await bar.getByRole('button', { name: 'Select all 120 matching' }).tap()
  await expect(bar).toContainText('120 selected')
  await bar.getByRole('button', { name: 'Edit field' }).tap()
  const dialog = app.getByRole('dialog')
  await dialog.getByLabel('Field').tap()
  await app.getByRole('option', { name: 'Account tier' }).tap()
  await dialog.getByLabel('Account tier').tap()
  await app.getByRole('option', { name: 'Key account' }).tap()
  await dialog.getByRole('button', { name: 'Change 120 records' }).tap()
  const filter = `name.startsWith(${JSON.stringify(word)}) && tier == "key"`
  const changed = async () => (await api.list('companies', { filter, fields: 'id', limit: '500' })).length
  await expect.poll(changed).toBe(120)
  await expect(bar).toBeHidden()
  await toast(app).getByRole('button', { name: 'Undo' }).tap()
  await expect(toast(app)).toContainText('Undone')
  expect(await changed()).toBe(0)
  await app.getByRole('button', { name: 'Done', exact: true }).tap()
  await expect(list.getByRole('link').first()).toBeVisible()
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
