import { expect, fresh, test, toast } from './test'

test('lines are edited like a sheet, drive the amount, and get it back after it was set by hand', async ({
  app,
  api,
  shot,
}) => {
  const product = await api.send('POST', 'products', {
    name: fresh('Vetrina'),
    code: fresh('V'),
    price: { amount: '4000', currency: 'EUR' },
  })
  const deal = await api.send('POST', 'deals', { name: fresh('Vetrine per Marta') })
  await app.goto(`/o/deals/${deal.id}`)
  await app.getByRole('button', { name: 'Lines', exact: true }).click()
  const next = app.getByRole('combobox', { name: 'Product of the next line' })
  await next.fill(String(product.name))
  await app.getByRole('option', { name: String(product.name), exact: true }).click()
  const quantity = app.getByRole('textbox', { name: `Quantity of ${product.name}` })
  await expect(quantity).toBeFocused()
  await expect(app.getByRole('textbox', { name: `Unit price of ${product.name}` })).toHaveValue('4,000')
  await app.keyboard.type('3')
  await app.keyboard.press('Tab')
  await app.keyboard.press('Tab')
  await app.keyboard.type('10')
  await app.keyboard.press('Enter')
  await expect(next).toBeFocused()
  await expect(app.getByRole('row', { name: String(product.name) })).toContainText('10,800')
  await expect
    .poll(async () => (await api.one('deals', deal.id)).amount)
    .toEqual({ amount: '10800.00', currency: 'EUR' })

  await next.fill('Installation')
  await app.getByRole('option', { name: 'As typed: Installation' }).click()
  await expect(app.getByRole('textbox', { name: 'Quantity of Installation' })).toBeFocused()
  await app.getByRole('textbox', { name: 'Unit price of Installation' }).fill('1.2k')
  await app.keyboard.press('ArrowUp')
  await expect(app.getByRole('textbox', { name: `Unit price of ${product.name}` })).toBeFocused()
  await expect
    .poll(async () => (await api.one('deals', deal.id)).amount)
    .toEqual({ amount: '12000.00', currency: 'EUR' })
  await shot('deal-lines')

  await app.getByRole('textbox', { name: 'Discount of Installation' }).fill('120')
  await app.keyboard.press('Tab')
  await expect(app.getByRole('alert')).toBeVisible()
  await expect(app.getByRole('textbox', { name: 'Discount of Installation' })).toHaveValue('120')
  await app.getByRole('textbox', { name: 'Discount of Installation' }).press('Escape')

  await app.getByRole('button', { name: 'Edit Amount', exact: true }).click()
  await app.getByLabel('Amount', { exact: true }).fill('11500')
  await app.keyboard.press('Enter')
  const byHand = app.getByRole('button', { name: /Set by hand; the lines come to/ })
  await expect(byHand).toBeVisible()
  await byHand.click()
  await expect(byHand).toHaveCount(0)
  await expect
    .poll(async () => (await api.one('deals', deal.id)).amount)
    .toEqual({ amount: '12000.00', currency: 'EUR' })
})

test('a deal at proposal says that nobody decides until a decision maker is added in place', async ({
  app,
  api,
  shot,
}) => {
  const [stage] = await api.list('stages', { filter: 'name == "Proposal" && pipeline.name == "Equipment"' })
  const contact = await api.send('POST', 'contacts', { first_name: 'Irene', last_name: fresh('Decide') })
  const deal = await api.send('POST', 'deals', {
    name: fresh('Chi decide'),
    stage: stage?.id,
    amount: { amount: '9000', currency: 'EUR' },
    expected_close: '2030-01-15',
  })
  await app.goto(`/o/deals/${deal.id}`)
  await expect(app.getByText('Nobody is known who decides here.')).toBeVisible()
  await app.getByRole('button', { name: 'Add a person' }).click()
  await app.getByRole('combobox', { name: 'Add a person' }).fill(String(contact.last_name))
  await app.getByRole('option', { name: new RegExp(String(contact.last_name)) }).click()
  const roles = app.getByRole('region', { name: 'Contacts and roles' })
  await roles.getByLabel('Buying role', { exact: true }).selectOption('decision_maker')
  await roles.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(toast(app)).toContainText('added to the deal')
  await expect(app.getByText('Nobody is known who decides here.')).toHaveCount(0)
  await shot('deal-roles')
  await roles.getByLabel(/Buying role of/).selectOption('champion')
  await expect(app.getByText('Nobody is known who decides here.')).toBeVisible()
})
