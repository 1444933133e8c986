import type { Browser, Page } from '@playwright/test'
import { Api, type Row } from './api'
import { violations } from './axe'
import type { Server } from './server'
import { expect, fresh, test, toast } from './test'

async function act(page: Page, of: string, action: string): Promise<void> {
  await page.getByRole('button', { name: `Actions for ${of}`, exact: true }).click()
  await page.getByRole('menuitem', { name: action, exact: true }).click()
}

const cell = (page: Page, object: string, right: string) =>
  page.getByRole('button', { name: new RegExp(`^${object}, ${right}:`) })

/** Somebody of the sample company in a browser of his own. */
async function colleague(browser: Browser, server: Server): Promise<{ page: Page; api: Api; me: Row }> {
  const context = await browser.newContext({ baseURL: server.url, locale: 'en-GB', serviceWorkers: 'block' })
  const api = new Api(context.request, server.url)
  await api.signIn('representative')
  await api.send('PATCH', 'session', { language: 'en', locale: 'en-GB', preferences: { 'list.deal': null } })
  const session = (await (await context.request.get(`${server.url}/api/v1/session`)).json()) as { user: Row }
  return { page: await context.newPage(), api, me: session.user }
}

test('a role is made from another, changed by keyboard, holds at once for who is at work, and is taken away', async ({
  app,
  api,
  browser,
  server,
  shot,
}) => {
  test.setTimeout(120_000)
  const label = fresh('Junior seller')
  const code = label.toLowerCase().replaceAll(' ', '_')
  await app.goto('/settings')
  await app.getByRole('link', { name: /^Roles/ }).click()
  await app.getByRole('button', { name: 'New role' }).click()
  const dialog = app.getByRole('dialog')
  await dialog.getByLabel('Name').fill(label)
  await dialog.getByLabel('Description').fill('Sells at fairs, and sees what is his')
  await dialog.getByLabel('Begins with the rights of').click()
  await app.getByRole('option', { name: 'Representative', exact: true }).click()
  await shot('roles-new')
  await dialog.getByRole('button', { name: 'Create' }).click()
  await expect(app.getByRole('heading', { level: 1, name: label })).toBeVisible()
  await expect(app.getByText('Nobody holds this role.')).toBeVisible()
  await expect(cell(app, 'Deals', 'Sees')).toHaveText('Own and the team’s')
  await shot('roles-rights')
  expect(await violations(app)).toEqual([])

  // Given to somebody like any other role.
  const name = fresh('Anna Prova')
  const [reader] = await api.list('roles', { filter: 'name == "read_only"' })
  const anna = await api.send('POST', 'users', {
    name,
    email: `${Date.now()}@prova.example`,
    status: 'active',
    roles: [reader?.id],
  })
  await app.getByRole('link', { name: 'Give it to somebody' }).click()
  await app.getByLabel('Find a person').fill(name)
  await act(app, name, 'Change role and team')
  await dialog.getByLabel('Roles').click()
  await app.getByRole('option', { name: label }).click()
  await app.keyboard.press('Escape')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(app.getByRole('listitem').filter({ hasText: name })).toContainText(`Read only, ${label}`)
  await app.goto(`/settings/roles?role=${code}`)
  await expect(app.getByText(`Held by ${name}.`)).toBeVisible()
  await api.send('PATCH', `users/${anna.id}`, { roles: [reader?.id] })

  const other = await colleague(browser, server)
  const role = (await api.list('roles', { filter: `name == "${code}"` }))[0]
  const before = (await api.one('users', other.me.id)).roles
  await api.send('PATCH', `users/${other.me.id}`, { roles: [role?.id] })
  const [theirs] = await other.api.list('deals', { filter: `owner != me() && status == "open"`, limit: '1' })
  await other.page.goto(`/o/deals?shape=table&q=${encodeURIComponent(String(theirs?.name))}`)
  await expect(other.page.getByRole('row').filter({ hasText: String(theirs?.name) })).toBeVisible()

  // By keyboard alone: to the cell, open, choose, and the focus is back.
  await cell(app, 'Deals', 'Sees').focus()
  await app.keyboard.press('Enter')
  await expect(app.getByRole('menuitemradio', { name: 'Own', exact: true })).toBeVisible()
  await app.keyboard.press('Escape')
  await expect(app.getByRole('menu')).toHaveCount(0)
  await expect(cell(app, 'Deals', 'Sees')).toBeFocused()
  await app.keyboard.press('Enter')
  await expect(app.getByRole('menuitemradio', { name: 'Own and the team’s' })).toBeFocused()
  await app.keyboard.press('ArrowDown')
  await expect(app.getByRole('menuitemradio', { name: 'Own', exact: true })).toBeFocused()
  await shot('roles-cell')
  await app.keyboard.press('Enter')
  await expect(toast(app)).toContainText(`${label}: Deals, Sees: Own`)
  await expect(cell(app, 'Deals', 'Sees')).toHaveText('Own')
  await expect(cell(app, 'Deals', 'Sees')).toBeFocused()
  // The list that is open loses what is no longer theirs, without being touched.
  await expect(other.page.getByRole('row').filter({ hasText: String(theirs?.name) })).toHaveCount(0)
  await toast(app).getByRole('button', { name: 'Undo' }).click()
  await expect(toast(app)).toContainText('Undone')
  await expect(cell(app, 'Deals', 'Sees')).toHaveText('Own and the team’s')
  await expect(other.page.getByRole('row').filter({ hasText: String(theirs?.name) })).toBeVisible()

  // Yes and no by the space bar, and back with Ctrl+Z.
  await app.getByRole('checkbox', { name: 'Deals, Exports' }).focus()
  await app.keyboard.press('Space')
  await expect(toast(app)).toContainText(`${label}: Deals, Exports: Yes`)
  await app.keyboard.press('Control+z')
  await expect(toast(app)).toContainText('Undone')
  await expect(app.getByRole('checkbox', { name: 'Deals, Exports' })).not.toBeChecked()

  // A rule of one's own: what is wrong is told at its place and mended with one click.
  await cell(app, 'Deals', 'Changes').click()
  await app.getByRole('menuitemradio', { name: /^A rule/ }).click()
  const rule = app.getByRole('form', { name: 'Deals, Changes' })
  await expect(rule.getByLabel('Rule')).toBeFocused()
  await expect(rule.getByLabel('Rule')).toHaveValue('owner == me()')
  await rule.getByLabel('Rule').fill('onwer == me() && amount < 5000')
  await app.keyboard.press('Enter')
  await expect(rule).toContainText('Did you mean "owner"?')
  await shot('roles-rule')
  expect(await violations(app)).toEqual([])
  await rule.getByRole('button', { name: 'Write “owner”' }).click()
  await app.keyboard.press('Enter')
  await expect(rule).toHaveCount(0)
  await expect(cell(app, 'Deals', 'Changes')).toHaveText('A rule')
  await expect(cell(app, 'Deals', 'Changes')).toBeFocused()

  // A field is hidden.
  await app.getByRole('button', { name: 'Fields of Deals', exact: true }).click()
  const amount = app.getByRole('dialog').getByRole('group', { name: 'Amount', exact: true })
  await amount.getByRole('button', { name: 'Hidden' }).click()
  await expect(toast(app)).toContainText(`${label}: Amount, Hidden`)
  await shot('roles-fields')
  expect(await violations(app)).toEqual([])
  await expect.poll(async () => (await other.api.list('deals', { limit: '1' }))[0]?.amount).toBeUndefined()
  await app.keyboard.press('Escape')
  await expect(app.getByRole('row', { name: /^Deals/ }).getByRole('img', { name: '1 limited field' })).toBeVisible()

  // Who holds it keeps it from going.
  await act(app, label, 'Delete')
  await expect(toast(app)).toContainText(`Held by ${String(other.me.name)}`)
  await api.send('PATCH', `users/${other.me.id}`, { roles: before })
  await act(app, label, 'Edit')
  await app.getByRole('dialog').getByLabel('Name').fill(`${label} of fairs`)
  await app.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await expect(app.getByRole('heading', { level: 1, name: `${label} of fairs` })).toBeVisible()
  await act(app, `${label} of fairs`, 'Delete')
  await expect(app.getByRole('heading', { level: 1, name: 'Roles' })).toBeVisible()
  await expect(app.getByRole('listitem').filter({ hasText: label })).toHaveCount(0)
  await shot('roles-list')
  await other.page.context().close()
})

test('the rights of an administrator are told and not changed, those of the program stay', async ({ app }) => {
  await app.goto('/settings/roles')
  await app.getByRole('link', { name: 'Administrator', exact: true }).click()
  await expect(app.getByText(/These rights are fixed/)).toBeVisible()
  await expect(app.getByRole('table')).toHaveCount(0)
  await app.getByRole('button', { name: 'Actions for Administrator' }).click()
  await expect(app.getByRole('menuitem', { name: 'Edit' })).toBeVisible()
  await expect(app.getByRole('menuitem', { name: 'Delete' })).toHaveCount(0)
})

test.describe('by thumb', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })

  test('a role is edited on a phone, in Italian and Chinese too', async ({ app, api, shot }) => {
    const label = fresh('Venditore')
    const role = await api.send('POST', 'model/roles', { label, copy_of: 'representative' })
    await app.goto('/settings/roles')
    await app.getByRole('link', { name: label, exact: true }).tap()
    await app.getByRole('button', { name: /^Deals/ }).tap()
    await cell(app, 'Deals', 'Sees').tap()
    await app.getByRole('menuitemradio', { name: 'Own', exact: true }).tap()
    await expect(toast(app)).toContainText('Deals, Sees: Own')
    await app.getByRole('checkbox', { name: 'Deals, Many at once' }).tap()
    await expect(toast(app)).toContainText('Deals, Many at once: Yes')
    await shot('roles-phone')
    expect(await violations(app)).toEqual([])
    await app.getByRole('button', { name: 'Fields of Deals', exact: true }).tap()
    const amount = app.getByRole('dialog').getByRole('group', { name: 'Amount', exact: true })
    await amount.getByRole('button', { name: 'Reads' }).tap()
    await expect(amount.getByRole('button', { name: 'Reads' })).toHaveAttribute('aria-pressed', 'true')
    await shot('roles-phone-fields')
    for (const language of ['it', 'zh']) {
      await api.send('PATCH', 'session', { language })
      await app.reload()
      await app.getByRole('heading', { level: 1, name: label }).waitFor()
      await app.getByRole('listitem').getByRole('button', { expanded: false }).nth(3).tap()
      await shot(`roles-phone-${language}`)
      const wide = await app.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
      expect(wide, `nothing is cut off in ${language}`).toBe(0)
    }
    await api.send('PATCH', 'session', { language: 'en' })
    await api.send('DELETE', `roles/${role.id}`)
  })
})
