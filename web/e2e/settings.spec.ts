import type { Page } from '@playwright/test'
import { expect, fresh, test, toast } from './test'

const section = (page: Page, name: string) => page.getByRole('region', { name, exact: true })
const names = (page: Page, pipeline: string) =>
  section(page, pipeline)
    .getByRole('listitem')
    .evaluateAll((rows) => rows.map((row) => row.firstElementChild?.textContent ?? ''))

async function act(page: Page, of: string, action: string): Promise<void> {
  await page.getByRole('button', { name: `Actions for ${of}`, exact: true }).click()
  await page.getByRole('menuitem', { name: action, exact: true }).click()
}

test('a pipeline gets stages, another order, and loses one without losing its deals', async ({ app, api, shot }) => {
  const pipeline = fresh('Prova')
  await app.goto('/settings')
  await app.getByRole('link', { name: /^Pipelines/ }).click()
  await app.getByRole('button', { name: 'New pipeline' }).click()
  await app.getByRole('dialog').getByLabel('Name').fill(pipeline)
  await app.getByRole('dialog').getByRole('button', { name: 'Create' }).click()
  for (const stage of ['First talk', 'Offer made', 'Signature']) {
    await section(app, pipeline).getByRole('button', { name: 'Add a stage' }).click()
    await app.getByRole('dialog').getByLabel('Name').fill(stage)
    await app.getByRole('dialog').getByRole('button', { name: 'Create' }).click()
    await expect(section(app, pipeline)).toContainText(stage)
  }
  await act(app, 'Signature', 'Move up')
  await expect.poll(() => names(app, pipeline)).toEqual(['First talk', 'Signature', 'Offer made'])
  await act(app, 'Signature', 'Edit')
  await app.getByRole('dialog').getByLabel('Name').fill('Contract')
  await app.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await expect(section(app, pipeline)).toContainText('Contract')
  await shot('settings-pipelines')

  const [stage] = await api.list('stages', { filter: `name == "Contract"` })
  const deals = [1, 2].map((n) => ({ name: fresh(`Deal ${n}`), stage: stage?.id }))
  for (const deal of deals) await api.send('POST', 'deals', deal)
  await act(app, 'Contract', 'Retire')
  const dialog = app.getByRole('dialog')
  await expect(dialog).toContainText('2 open deals stand here')
  await dialog.getByLabel('Deals go to').click()
  await app.getByRole('option', { name: 'Offer made', exact: true }).click()
  await shot('settings-retire-stage')
  await dialog.getByRole('button', { name: 'Move 2 deals and retire' }).click()
  await expect(toast(app)).toContainText('Contract retired')
  const to = (await api.list('stages', { filter: `name == "Offer made"` }))[0]
  await expect.poll(async () => (await api.list('deals', { filter: `stage == "${to?.id}"` })).length).toBe(2)
  await app.getByRole('button', { name: 'Undo' }).click()
  await expect(toast(app)).toContainText('Undone')
  await expect.poll(async () => (await api.list('deals', { filter: `stage == "${stage?.id}"` })).length).toBe(2)

  await act(app, pipeline, 'Retire')
  await expect(app.getByRole('dialog')).toContainText('2 open deals stand here')
  await app.keyboard.press('Escape')
})

test('a list of choices is edited in every language and holds at once', async ({ app, api, shot }) => {
  const word = fresh('Fiera').replace(' ', '-')
  await app.goto('/settings/choices')
  await app
    .getByRole('region', { name: 'Leads', exact: true })
    .getByRole('link', { name: /^Source/ })
    .click()
  await expect(app.getByRole('heading', { level: 1, name: 'Lead: Source' })).toBeVisible()
  await app.getByRole('button', { name: 'Add an option' }).click()
  const dialog = app.getByRole('dialog')
  await dialog.getByLabel('Name in English').fill(`Fair ${word}`)
  await dialog.getByLabel('Name in Italiano').fill(`Fiera ${word}`)
  await dialog.getByLabel('Name in 中文').fill(`展会 ${word}`)
  await dialog.getByLabel('Colour').click()
  await app.getByRole('option', { name: 'Plum' }).click()
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(app.getByRole('listitem').last()).toContainText(`Fiera ${word} · 展会 ${word}`)
  await act(app, `Fair ${word}`, 'Move up')
  await expect(app.getByRole('listitem').nth(-2)).toContainText(word)
  await shot('settings-choices')
  const lead = await api.send('POST', 'leads', {
    last_name: fresh('Conti'),
    source: `fair_${word.toLowerCase().replace('-', '_')}`,
  })
  await app.goto(`/o/leads/${lead.id}`)
  await expect(app.getByText(`Fair ${word}`).first()).toBeVisible()
  await app.goto('/settings/choices?field=lead.source')
  await act(app, `Fair ${word}`, 'Retire')
  await expect(app.getByRole('listitem').filter({ hasText: word })).toContainText('Retired')
})

test('teams stand below one another, and roles say what they allow', async ({ app, shot }) => {
  const [above, below] = [fresh('Nord'), fresh('Milano')]
  await app.goto('/settings/teams')
  await app.getByRole('button', { name: 'New team' }).click()
  await app.getByRole('dialog').getByLabel('Name').fill(above)
  await app.getByRole('dialog').getByRole('button', { name: 'Create' }).click()
  await act(app, above, 'New team below')
  await app.getByRole('dialog').getByLabel('Name').fill(below)
  await app.getByRole('dialog').getByRole('button', { name: 'Create' }).click()
  await expect(app.getByRole('listitem').filter({ hasText: `Below ${above}` })).toContainText(below)
  await shot('settings-teams')
  await act(app, above, 'Delete')
  await expect(app.getByText('There are teams below this one; move them first')).toBeVisible()
  await app.goto('/settings/roles')
  await app.getByRole('link', { name: 'Representative', exact: true }).click()
  await expect(app.getByRole('row', { name: /^Deals/ })).toContainText('Own and the team’s')
  await shot('settings-roles')
})

test('the workspace gets another name and zone, and says why its currency stays', async ({ app, api, shot }) => {
  const name = fresh('Fratelli Dolce')
  await app.goto('/settings')
  await app.getByRole('link', { name: /^Workspace/ }).click()
  await expect(app.getByRole('heading', { level: 1, name: 'Workspace' })).toBeVisible()
  await expect(app.getByText(/hold amounts already/)).toBeVisible()
  await expect(app.getByLabel('Currency')).toHaveCount(0)
  const before = await app.getByLabel('Company').inputValue()
  await app.getByLabel('Company').fill(name)
  await app.getByLabel('Time zone').fill('Zurich')
  await app.getByRole('option', { name: /^Zurich/ }).click()
  await app.getByRole('button', { name: 'Save' }).click()
  await expect(app.getByRole('region', { name: 'Changes' }).getByRole('listitem').first()).toContainText(`→ ${name}`)
  await expect(app.getByText(name, { exact: true }).first()).toBeVisible()
  await shot('settings-workspace')
  const saved = await api.send('PATCH', 'workspace', { name: before, time_zone: 'Europe/Rome' })
  expect(saved.name).toBe(before)
})
