import { expect, fresh, open, test } from './test'

test('the palette finds a record by the beginning of its words and opens it', async ({ app, api, shot }) => {
  const company = await api.send('POST', 'companies', { name: fresh('Quintessenza Frigoriferi') })
  const title = String(company.name)
  await open(app, '/')
  await app.keyboard.press('Control+k')
  await app.getByRole('combobox').fill('quintessenza frig')
  const option = app.getByRole('option', { name: title })
  await expect(option).toBeVisible()
  await shot('palette')
  await option.click()
  await expect(app.getByRole('heading', { level: 1, name: title })).toBeVisible()
  await app.keyboard.press('Control+k')
  await expect(app.getByRole('option').first()).toContainText(title)
})

test('the palette begins a new deal for a company', async ({ app, api }) => {
  const company = await api.send('POST', 'companies', { name: fresh('Vallona Logistica') })
  await open(app, '/')
  await app.keyboard.press('Control+k')
  await app.getByRole('combobox').fill(`new deal for ${company.name}`)
  await app.getByRole('option', { name: /^New deal for/ }).click()
  await expect(app.getByRole('dialog').getByLabel('Company')).toHaveValue(String(company.name))
})

test('everything speaks Italian and Chinese, figures included', async ({ app, shot }) => {
  await open(app, '/o/deals')
  await app.getByRole('button', { name: 'Language' }).click()
  await app.getByRole('menuitemradio', { name: 'Italiano' }).click()
  await expect(app.getByRole('heading', { level: 1, name: 'Trattative' })).toBeVisible()
  await expect(app.getByRole('link', { name: 'Oggi' })).toBeVisible()
  await expect(app.locator('html')).toHaveAttribute('lang', 'it')
  await shot('board-it')
  await app.getByRole('button', { name: 'Lingua' }).click()
  await app.getByRole('menuitemradio', { name: '中文' }).click()
  await expect(app.getByRole('link', { name: '今天' })).toBeVisible()
  await shot('board-zh')
  await app.reload()
  await expect(app.getByRole('link', { name: '今天' })).toBeVisible()
  await expect(app.getByRole('heading', { level: 1, name: '商机' })).toBeVisible()
})

test('who speaks Chinese reads Chinese on a browser in English', async ({ app, api }) => {
  await api.send('PATCH', 'session', { language: 'zh', locale: 'zh-CN' })
  await app.goto('/o/deals')
  await expect(app.getByRole('link', { name: '今天' })).toBeVisible()
  await expect(app.getByRole('heading', { level: 1, name: '商机' })).toBeVisible()
})

test('the question mark lists the keys of the page', async ({ app }) => {
  await app.goto('/o/companies')
  await expect(app.getByRole('grid')).toBeVisible()
  await app.keyboard.press('?')
  await expect(app.getByRole('dialog', { name: 'Keyboard shortcuts' })).toContainText('New company')
  await app.keyboard.press('Escape')
  await app.keyboard.press('g')
  await app.keyboard.press('d')
  await expect(app.getByRole('heading', { level: 1, name: 'Deals' })).toBeVisible()
})

test('a file of companies is looked into, brought in and taken back', async ({ app, api, shot }) => {
  const name = fresh('Importo')
  await app.goto('/import?object=company')
  await app.locator('input[type=file]').setInputFiles({
    name: 'firms.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(`Company name,City,Employees\n${name},Trento,12\nImporto Due,Verona,not a number\n`),
  })
  await app.getByRole('button', { name: 'Look into the file' }).click()
  await expect(app.getByRole('rowheader', { name: 'Company name' })).toBeVisible()
  await shot('import-columns')
  await app.getByRole('button', { name: 'Check all rows' }).click()
  await expect(app.getByText('would be created')).toBeVisible()
  await shot('import-check')
  await app.getByRole('button', { name: 'Import 1 row', exact: true }).click()
  await expect(app.getByRole('button', { name: 'Take it all back' })).toBeVisible()
  expect(await api.list('companies', { filter: `name == "${name}"` })).toHaveLength(1)
  await app.getByRole('button', { name: 'Take it all back' }).click()
  await app.getByRole('dialog').getByRole('button', { name: 'Take it back' }).click()
  await expect(app.getByText('This import was taken back.')).toBeVisible()
  expect(await api.list('companies', { filter: `name == "${name}"` })).toHaveLength(0)
})
