import { expect, fresh, test, toast } from './test'

test('a new contact is offered the company of his mail, and who is there already', async ({ app, api, shot }) => {
  const domain = `${fresh('valsesia').replace(/\W/g, '')}.example`
  const company = await api.send('POST', 'companies', {
    name: fresh('Valsesia Freddo'),
    website: `https://www.${domain}`,
  })
  const known = await api.send('POST', 'contacts', { first_name: 'Piero', last_name: fresh('Ravelli') })
  await app.goto('/o/contacts')
  await app.getByRole('heading', { level: 1 }).waitFor()
  await app.keyboard.press('c')
  const dialog = app.getByRole('dialog')
  await dialog.getByLabel('First name').fill('Piero')
  await dialog.getByLabel('Last name').fill(String(known.last_name).replace('Ravelli', 'Raveli'))
  await expect(dialog.getByRole('button', { name: new RegExp(String(known.last_name)) })).toBeVisible()
  await dialog
    .getByRole('textbox', { name: /E-mail/ })
    .first()
    .fill(`piero@${domain}`)
  await dialog.getByRole('button', { name: new RegExp(`Company: ${company.name}`) }).click()
  await shot('create-alike')
  await expect(dialog.getByRole('combobox', { name: 'Company' })).toHaveValue(String(company.name))
  await dialog.getByRole('button', { name: new RegExp(`${known.last_name}.*Use this one`) }).click()
  await expect(app).toHaveURL(new RegExp(`/o/contacts/${known.id}`))
})

test('a company that is missing is made on the way, and nothing typed is lost', async ({ app, api }) => {
  const name = fresh('Nuova Gelateria')
  await app.goto('/o/deals')
  await app.getByRole('heading', { level: 1 }).waitFor()
  await app.keyboard.press('c')
  const dialog = app.getByRole('dialog')
  await dialog.getByLabel('Name', { exact: true }).fill('Vetrine nuove')
  await dialog.getByLabel('Amount', { exact: true }).fill('12k')
  await dialog.getByRole('combobox', { name: 'Company' }).fill(name)
  await app.getByRole('option', { name: `Create “${name}”` }).click()
  await expect(toast(app)).toContainText('created')
  await expect(dialog.getByLabel('Name', { exact: true })).toHaveValue('Vetrine nuove')
  await expect(dialog.getByRole('combobox', { name: 'Company' })).toHaveValue(name)
  await dialog.getByRole('button', { name: 'Create', exact: true }).click()
  await expect(app).toHaveURL(/\/o\/deals\/[0-9a-f]/)
  const [deal] = await api.list('deals', { filter: `company.name == "${name}"` })
  expect(deal?.amount).toEqual({ amount: '12000.00', currency: 'EUR' })
})

test('Enter before the names have come saves nothing, and takes the name once it is there', async ({ app, api }) => {
  const company = await api.send('POST', 'companies', { name: fresh('Lenta Gelateria') })
  const name = fresh('Banco lento')
  await app.route('**/api/v1/search', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1500))
    await route.continue()
  })
  await app.goto('/o/deals')
  await app.getByRole('heading', { level: 1 }).waitFor()
  await app.keyboard.press('c')
  const dialog = app.getByRole('dialog')
  await dialog.getByLabel('Name', { exact: true }).fill(name)
  const box = dialog.getByRole('combobox', { name: 'Company' })
  await box.fill(String(company.name))
  await box.press('Enter')
  await expect(app.getByRole('option', { name: String(company.name), exact: true })).toBeVisible()
  await expect(box).toHaveValue(String(company.name))
  await box.press('Enter')
  await dialog.getByRole('button', { name: 'Create', exact: true }).click()
  await expect(app).toHaveURL(/\/o\/deals\/[0-9a-f]/)
  const deals = await api.list('deals', { filter: `name == "${name}"` })
  expect(deals.map((deal) => deal.company)).toEqual([company.id])
  await app.unrouteAll({ behavior: 'ignoreErrors' })
})

test('whoever goes on by Tab takes the name that is marked', async ({ app, api }) => {
  const company = await api.send('POST', 'companies', { name: fresh('Gelateria di passaggio') })
  await app.goto('/o/deals')
  await app.getByRole('heading', { level: 1 }).waitFor()
  await app.keyboard.press('c')
  const dialog = app.getByRole('dialog')
  await dialog.getByLabel('Name', { exact: true }).fill('Banco al volo')
  const box = dialog.getByRole('combobox', { name: 'Company' })
  await box.pressSequentially(String(company.name).slice(0, -1))
  await expect(app.getByRole('option', { name: String(company.name), exact: true })).toHaveAttribute(
    'data-combobox-selected',
  )
  await app.keyboard.press('Tab')
  await expect(box).toHaveValue(String(company.name))
  await expect(box).not.toBeFocused()
  // Nothing is made by going on.
  await box.fill('Nobody of this name')
  await app.getByRole('option', { name: 'Create “Nobody of this name”' }).waitFor()
  await app.keyboard.press('Tab')
  await expect(box).toHaveValue(String(company.name))
  await dialog.getByRole('button', { name: 'Create', exact: true }).click()
  await expect(app).toHaveURL(/\/o\/deals\/[0-9a-f]/)
  const deals = await api.list('deals', { filter: `company == "${String(company.id)}"` })
  expect(deals.map((deal) => deal.name)).toEqual(['Banco al volo'])
  expect(await api.list('companies', { filter: 'name == "Nobody of this name"' })).toEqual([])
})

for (const [locale, typed] of [
  ['it-IT', '1.250,50'],
  ['en-GB', '1,250.50'],
] as const) {
  test(`${typed} typed in ${locale} is one thousand two hundred and fifty and a half`, async ({ app, api }) => {
    const deal = await api.send('POST', 'deals', { name: fresh('Numeri') })
    await api.send('PATCH', 'session', { locale })
    await app.goto(`/o/deals/${deal.id}`)
    await app.getByRole('group', { name: 'Highlights' }).getByRole('button', { name: 'Add Amount' }).click()
    await app.getByLabel('Amount', { exact: true }).fill(typed)
    await app.keyboard.press('Enter')
    await expect
      .poll(async () => (await api.one('deals', deal.id)).amount)
      .toEqual({ amount: '1250.50', currency: 'EUR' })
    await api.send('PATCH', 'session', { locale: 'en-GB' })
  })
}
