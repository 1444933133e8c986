import { choose, day, dealIn, firstStages, most, tabTo, toCard } from './keys'
import { expect, fresh, test, toast } from './test'

/** What `keyboard.spec.ts` does every day is the selling; here is the rest, without a mouse either. */

test('a list is narrowed, rows are chosen, changed at once and taken back', async ({ app, api }) => {
  const word = fresh('Tastiera')
  for (const name of ['Uno', 'Due', 'Tre'])
    await api.send('POST', 'companies', { name: `${name} ${word}`, city: 'Trento' })
  const tiers = async () =>
    (await api.list('companies', { filter: `name.contains("${word}")` })).map((company) => company.tier ?? null)
  await app.goto(`/o/companies?q=${encodeURIComponent(word)}`)
  await expect(app.getByRole('grid').locator('[data-index]')).toHaveCount(3)
  await app.keyboard.press('f')
  await expect(app.getByLabel('Find a field')).toBeFocused()
  await app.keyboard.type('city')
  await tabTo(app, /^City/)
  await app.keyboard.press('Enter')
  await tabTo(app, /City|Value|Find/)
  await app.keyboard.type('Trento')
  await app.keyboard.press('Enter')
  await expect(app).toHaveURL(/city/)
  await expect(app.getByRole('button', { name: 'Filter', exact: true })).toBeFocused()
  const grid = app.getByRole('grid')
  for (let at = 0; at < most && !(await grid.evaluate((one) => one === document.activeElement)); at++)
    await app.keyboard.press('Tab')
  await expect(grid).toBeFocused()
  await app.keyboard.press('ArrowDown')
  await app.keyboard.press('x')
  await app.keyboard.press('ArrowDown')
  await app.keyboard.press('x')
  const bar = app.getByRole('toolbar', { name: 'With the selected records' })
  await expect(bar).toContainText('2')
  await tabTo(app, /^Edit field$/)
  await app.keyboard.press('Enter')
  const dialog = app.getByRole('dialog')
  await dialog.waitFor()
  await tabTo(app, /^Field$|Field/)
  await app.keyboard.type('Account tier')
  await app.keyboard.press('ArrowDown')
  await app.keyboard.press('Enter')
  await tabTo(app, /Account tier/)
  await app.keyboard.press('ArrowDown')
  await app.getByRole('option').first().waitFor()
  await app.keyboard.press('ArrowDown')
  await app.keyboard.press('Enter')
  await tabTo(app, /^Change 2 records$/)
  await app.keyboard.press('Enter')
  await expect.poll(async () => (await tiers()).filter(Boolean).length).toBe(2)
  await expect(toast(app).getByRole('button', { name: 'Undo' })).toBeVisible()
  await app.keyboard.press('Control+z')
  await expect.poll(async () => (await tiers()).filter(Boolean).length).toBe(0)
})

test('a deal is lost with a reason that is chosen, and Escape leaves it as it was', async ({ app, api }) => {
  const [first] = await firstStages(api)
  const deal = await dealIn(api, first, 'Lost by keys')
  await app.goto(`/o/deals?q=${encodeURIComponent(String(deal.name))}`)
  await app.locator('[data-card]').waitFor()
  await toCard(app, deal)
  const dialog = app.getByRole('dialog', { name: `Lost: ${deal.name}` })
  const open = async () => {
    await app.keyboard.press('m')
    await app.getByRole('menu').waitFor()
    await choose(app, 'Lost')
    await dialog.waitFor()
  }
  await open()
  await app.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  expect((await api.one('deals', deal.id)).status).toBe('open')
  await expect(app.locator(`[data-card="${deal.id}"] a`)).toBeFocused()
  await open()
  await tabTo(app, /Reason|reason/)
  await app.keyboard.press('ArrowDown')
  await app.getByRole('option').first().waitFor()
  await app.keyboard.press('ArrowDown')
  await app.keyboard.press('Enter')
  await tabTo(app, /^Lost$/)
  await app.keyboard.press('Enter')
  await expect.poll(async () => (await api.one('deals', deal.id)).status).toBe('lost')
})

test('a stage that asks for fields gets them', async ({ app, api }) => {
  const pipeline = await api.send('POST', 'pipelines', { name: fresh('Keys') })
  const stage = (name: string, position: number, entry: string[] = []) =>
    api.send('POST', 'stages', {
      pipeline: pipeline.id,
      name,
      kind: 'open',
      position,
      probability: 20,
      entry_fields: entry,
    })
  const first = await stage('First', 1)
  const second = await stage('Second', 2, ['expected_close'])
  const deal = await api.send('POST', 'deals', { name: fresh('Asked'), stage: first.id })
  await app.goto(`/o/deals?scope=${pipeline.id}`)
  await app.locator('[data-card]').waitFor()
  await toCard(app, deal)
  await app.keyboard.press('Shift+ArrowRight')
  await app.getByRole('dialog').waitFor()
  await tabTo(app, /Expected close/)
  await app.keyboard.type(day(30))
  await app.keyboard.press('Tab')
  await tabTo(app, /^Save and move$/)
  await app.keyboard.press('Enter')
  await expect.poll(async () => (await api.one('deals', deal.id)).stage).toBe(second.id)
})

test('a colleague is invited and a stage renamed in the settings', async ({ app, api }) => {
  const pipeline = await api.send('POST', 'pipelines', { name: fresh('Keys set') })
  const stage = await api.send('POST', 'stages', {
    pipeline: pipeline.id,
    name: 'Before',
    kind: 'open',
    position: 1,
    probability: 20,
  })
  await app.goto('/settings')
  await app.getByRole('heading', { level: 1, name: 'Settings' }).waitFor()
  await tabTo(app, /^Pipelines/)
  await app.keyboard.press('Enter')
  await app.getByRole('heading', { level: 1, name: 'Pipelines' }).waitFor()
  await app.getByText(String(pipeline.name)).first().waitFor()
  await app.getByRole('button', { name: 'Actions for Before', exact: true }).last().focus()
  await app.keyboard.press('Enter')
  await app.getByRole('menu').waitFor()
  await choose(app, 'Edit')
  await app.getByRole('dialog').waitFor()
  await tabTo(app, /^Name/)
  await app.keyboard.press('Control+a')
  await app.keyboard.type('After')
  await tabTo(app, /^Save$/)
  await app.keyboard.press('Enter')
  await expect.poll(async () => (await api.one('stages', stage.id)).name).toBe('After')

  await app.goto('/settings/people')
  await app.getByRole('button', { name: 'Invite a colleague' }).waitFor()
  await tabTo(app, /^Invite a colleague$/)
  await app.keyboard.press('Enter')
  await app.getByRole('dialog').waitFor()
  const name = fresh('Ida')
  await tabTo(app, /^Name/)
  await app.keyboard.type(name)
  await tabTo(app, /E-mail/)
  await app.keyboard.type(`${name.replace(/\W/g, '')}@fratellidolce.example`)
  await tabTo(app, /^Make the invitation$/)
  await app.keyboard.press('Enter')
  await expect.poll(async () => (await api.list('users', { filter: `name == "${name}"` })).length).toBe(1)
})
