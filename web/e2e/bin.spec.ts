import { expect, fresh, test, toast } from './test'

const widths = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
]

for (const viewport of widths) {
  test.describe(`${viewport.width} pixels`, () => {
    test.use({ viewport, hasTouch: viewport.width < 700 })

    test('deleting a company says what hangs on it, and the bin gives it back with its links', async ({
      app,
      api,
      shot,
    }) => {
      const name = fresh('Kestrel Bin')
      const company = await api.send('POST', 'companies', { name })
      for (const last_name of ['Marsh', 'Ward']) await api.send('POST', 'contacts', { last_name, company: company.id })
      await api.send('POST', 'deals', { name: `Cabinet of ${name}`, company: company.id })
      await app.goto(`/o/companies/${company.id}`)
      await app.getByRole('button', { name: 'More actions' }).click()
      await app.getByRole('menuitem', { name: 'Delete' }).click()
      const dialog = app.getByRole('dialog', { name: `Delete ${name}?` })
      await expect(dialog.getByRole('listitem').filter({ hasText: '2 contacts' })).toBeVisible()
      await expect(dialog.getByRole('listitem').filter({ hasText: '1 deal' })).toBeVisible()
      await shot(`delete-hanging-${viewport.width}`)
      await dialog.getByRole('button', { name: 'Delete', exact: true }).click()
      await expect(toast(app)).toContainText('deleted')

      await app.goto('/bin?object=company')
      const row = app.getByRole('list', { name: 'Companies' }).getByRole('listitem').filter({ hasText: name })
      await expect(row).toContainText('30 days left')
      await shot(`bin-${viewport.width}`)
      await row.getByRole('button', { name: `Restore ${name}` }).click()
      await expect(toast(app)).toContainText(`${name} restored`)
      await expect(row).toBeHidden()
      const contacts = await api.list('contacts', { filter: `company == "${company.id}"` })
      expect(contacts).toHaveLength(2)
    })

    test('what nothing hangs on goes at once, and one click brings it back', async ({ app, api }) => {
      const name = fresh('Alone')
      const company = await api.send('POST', 'companies', { name })
      await app.goto(`/o/companies/${company.id}`)
      await app.getByRole('button', { name: 'More actions' }).click()
      await app.getByRole('menuitem', { name: 'Delete' }).click()
      await expect(toast(app)).toContainText(`${name} deleted`)
      await toast(app).getByRole('button', { name: 'Undo' }).click()
      await expect.poll(async () => (await api.one('companies', company.id)).name).toBe(name)
    })
  })
}

test('gone for good is asked once', async ({ app, api, shot }) => {
  const name = fresh('Farewell')
  const company = await api.send('POST', 'companies', { name })
  await api.send('DELETE', `companies/${company.id}`)
  await app.goto('/bin?object=company')
  const row = app.getByRole('listitem').filter({ hasText: name })
  await row.getByRole('button', { name: 'Delete for good' }).click()
  const dialog = app.getByRole('dialog')
  await shot('bin-purge')
  await dialog.getByRole('button', { name: 'Delete for good' }).click()
  await expect(row).toBeHidden()
  await expect(toast(app)).toContainText('gone for good')
})
