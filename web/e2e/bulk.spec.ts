import { Api } from './api'
import { expect, fresh, test, toast } from './test'

test('all 214 that match are changed at once after the number was said, and taken back with one click', async ({
  app,
  api,
  shot,
}) => {
  const word = fresh('Massa').split(' ')[1] ?? ''
  const operations = Array.from({ length: 214 }, (_, at) => ({
    op: 'create',
    values: { name: `Massa ${at} ${word}`, tier: 'small' },
  }))
  await api.send('POST', 'companies/batch', { atomic: false, operations })
  const keys = async () =>
    (await api.list('companies', { q: word, filter: 'tier == "key"', limit: '500', fields: 'id' })).length
  await app.goto(`/o/companies?columns=name,tier&q=${word}`)
  await expect(app.getByText('214 companies')).toBeVisible()
  await app.getByLabel('Select all').check()
  await app.getByRole('button', { name: 'Select all 214 matching' }).click()
  await expect(app.getByText('214 selected')).toBeVisible()
  await app.getByRole('button', { name: 'Edit field' }).click()
  const dialog = app.getByRole('dialog')
  await dialog.getByLabel('Field').click()
  await app.getByRole('option', { name: 'Account tier' }).click()
  await dialog.getByLabel('Account tier').click()
  await app.getByRole('option', { name: 'Key account' }).click()
  await shot('bulk-edit')
  await dialog.getByRole('button', { name: 'Change 214 records' }).click()
  await expect(toast(app)).toContainText('Account tier changed in 214 records', { timeout: 30_000 })
  expect(await keys()).toBe(214)
  await toast(app).getByRole('button', { name: 'Undo' }).click()
  await expect.poll(keys, { timeout: 30_000 }).toBe(0)
})

test('a tag is put to many, and each keeps those that it has', async ({ app, api }) => {
  const word = fresh('Tagged').split(' ')[1] ?? ''
  const [old, added] = [fresh('Old'), fresh('Added')]
  const tag = await api.send('POST', 'tags', { name: old })
  await api.send('POST', 'tags', { name: added })
  await api.send('POST', 'companies', { name: `First ${word}`, tags: [tag.id] })
  await api.send('POST', 'companies', { name: `Second ${word}` })
  await app.goto(`/o/companies?columns=name,tags&q=${word}`)
  await expect(app.getByText(`Second ${word}`)).toBeVisible()
  await app.getByLabel('Select all').check()
  await app.getByRole('button', { name: 'Edit field' }).click()
  const dialog = app.getByRole('dialog')
  await dialog.getByLabel('Field').click()
  await app.getByRole('option', { name: 'Tags', exact: true }).click()
  await expect(dialog.getByRole('button', { name: 'Add', exact: true })).toHaveAttribute('aria-pressed', 'true')
  await dialog.getByLabel('Tags').fill(added)
  await app.getByRole('option', { name: added }).first().click()
  await app.keyboard.press('Tab')
  await dialog.getByRole('button', { name: 'Change 2 records' }).click()
  await expect(toast(app)).toContainText('Tags changed in 2 records')
  const grid = app.getByRole('grid')
  await expect(grid.getByText(added)).toHaveCount(2)
  await expect(grid.getByText(old)).toHaveCount(1)
})

test('who may not change some is told which and why before anything is written', async ({ app, api, shot }) => {
  const word = fresh('Fremd').split(' ')[1] ?? ''
  await api.send('POST', 'companies', { name: `Theirs ${word}`, tier: 'small' })
  const their = new Api(app.context().request, api.url)
  await their.signIn('representative')
  await their.send('PATCH', 'session', { language: 'en', locale: 'en-GB' })
  await their.send('POST', 'companies', { name: `Mine ${word}`, tier: 'small' })
  await app.goto(`/o/companies?columns=name,tier,owner&q=${word}`)
  await expect(app.getByText(`Theirs ${word}`)).toBeVisible()
  await app.getByLabel('Select all').check()
  const bar = app.getByRole('toolbar', { name: 'With the selected records' })
  await expect(bar.getByRole('button', { name: 'Delete' })).toBeHidden()
  await bar.getByRole('button', { name: 'Edit field' }).click()
  const dialog = app.getByRole('dialog')
  await dialog.getByLabel('Field').click()
  await app.getByRole('option', { name: 'Account tier' }).click()
  await dialog.getByLabel('Account tier').click()
  await app.getByRole('option', { name: 'Key account' }).click()
  await dialog.getByRole('button', { name: 'Change 2 records' }).click()
  const refused = dialog.getByRole('alert')
  await expect(refused).toContainText('1 record will be left as it is')
  await expect(refused).toContainText('You may not change this company')
  await expect(refused).toContainText(`Theirs ${word}`)
  await shot('bulk-refused')
  await dialog.getByRole('button', { name: 'Change 1 record' }).click()
  await expect(toast(app)).toContainText('Account tier changed in 1 record · 1 was left as it is')
  await toast(app).getByRole('button', { name: 'Undo' }).click()
  await expect(app.getByRole('grid').getByText('Small account')).toHaveCount(2)
})

test('many go to the bin after it was said what hangs on them, and come back with one click', async ({
  app,
  api,
  shot,
}) => {
  const word = fresh('Weg').split(' ')[1] ?? ''
  const first = await api.send('POST', 'companies', { name: `Weg Uno ${word}` })
  await api.send('POST', 'companies', { name: `Weg Due ${word}` })
  await api.send('POST', 'deals', { name: `Cabinet ${word}`, company: first.id })
  await app.goto(`/o/companies?columns=name,tier&q=${word}`)
  await expect(app.getByText(`Weg Due ${word}`)).toBeVisible()
  await app.getByLabel('Select all').check()
  await app.getByRole('toolbar', { name: 'With the selected records' }).getByRole('button', { name: 'Delete' }).click()
  const dialog = app.getByRole('dialog')
  await expect(dialog.getByRole('listitem').filter({ hasText: '1 deal' })).toBeVisible()
  await shot('bulk-delete')
  await dialog.getByRole('button', { name: 'Delete 2 records' }).click()
  await expect(toast(app)).toContainText('2 records deleted')
  await expect(app.getByText(`Weg Due ${word}`)).toBeHidden()
  await toast(app).getByRole('button', { name: 'Undo' }).click()
  await expect(app.getByRole('grid').getByText(`Weg Due ${word}`)).toBeVisible()
})
