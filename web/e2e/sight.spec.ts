import type { Api } from './api'
import { violations } from './axe'
import { expect, test } from './test'

/** Everybody who is active, the first of them who sells and has something to sell, and one deal of his. */
async function colleagues(api: Api) {
  const [sales] = await api.list('roles', { filter: 'name == "representative"' })
  const people = await api.list('users', { filter: 'status == "active"', sort: 'name', limit: '100' })
  for (const seller of people.filter((person) => JSON.stringify(person.roles).includes(String(sales?.id)))) {
    const [deal] = await api.list('deals', { filter: `owner == "${seller.id}" && status == "open"`, limit: '1' })
    if (deal) return { people, seller, deal }
  }
  throw new Error('nobody sells anything')
}

test('an administrator is told why somebody sees a deal, and why somebody else does not', async ({
  app,
  api,
  shot,
}) => {
  const { people, seller, deal } = await colleagues(api)
  await app.goto(`/o/deals/${deal.id}`)
  await app.getByRole('button', { name: 'More actions' }).first().click()
  await app.getByRole('menuitem', { name: 'Who can see this?' }).click()
  const dialog = app.getByRole('dialog')
  await expect(dialog.getByText(`${seller.name} sees this record`)).toBeVisible()
  await expect(dialog.getByText('Representative: the record is the person’s own').first()).toBeVisible()
  await expect(dialog.getByText('May change it')).toBeVisible()
  await expect(app.getByRole('listbox')).toHaveCount(0)
  expect(await violations(app)).toEqual([])
  await shot('access-own')
  // Of another team, by keyboard.
  const hidden = []
  for (const person of people) {
    const reasons: unknown = await api.page(`deals/${deal.id}/access`, { user: person.id })
    if (!(reasons as { read: { allowed: boolean } }).read.allowed) hidden.push(person)
  }
  const [other] = hidden
  await dialog.getByLabel('Person').selectText()
  await app.keyboard.type(String(other?.name))
  await expect(app.getByRole('option', { name: String(other?.name) })).toBeVisible()
  await app.keyboard.press('Enter')
  await expect(dialog.getByText(`${other?.name} does not see this record`)).toBeVisible()
  await expect(dialog.getByText('May not delete it')).toBeVisible()
  await app.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
})

test('an administrator looks as a seller, is refused every change, and is himself again', async ({
  app,
  api,
  shot,
}) => {
  const { seller } = await colleagues(api)
  const name = String(seller.name)
  await app.goto('/settings/people')
  await app.getByRole('button', { name: `Actions for ${name}`, exact: true }).click()
  await app.getByRole('menuitem', { name: `View as ${name}` }).click()
  const bar = app.getByText(`You see Legame as ${name} does`)
  await expect(bar).toBeVisible()
  await app.goto('/o/deals?view=all&shape=table')
  await expect(app.getByRole('grid').locator('[data-index]').first()).toBeVisible()
  await expect(bar).toBeVisible()
  expect(await violations(app)).toEqual([])
  await shot('view-as')
  // His settings, not hers: nothing of the workspace is set up by a seller.
  await app.goto('/settings/people')
  await expect(app.getByRole('button', { name: 'Invite a colleague' })).toHaveCount(0)
  await app.goto('/o/companies')
  await app.getByRole('button', { name: 'New company' }).click()
  const dialog = app.getByRole('dialog')
  await dialog.getByRole('textbox', { name: /^Name/ }).fill('Gelateria Prova')
  await dialog.getByRole('button', { name: 'Create', exact: true }).click()
  await expect(app.getByText('nothing can be changed meanwhile').first()).toBeVisible()
  await app.keyboard.press('Escape')
  await app.goto('/o/deals')
  await app.getByRole('button', { name: 'Be yourself again' }).click()
  await expect(bar).toHaveCount(0)
  await app.goto('/settings/people')
  await expect(app.getByRole('button', { name: 'Invite a colleague' })).toBeVisible()
})
