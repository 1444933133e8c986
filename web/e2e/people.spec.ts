import type { Browser, Page } from '@playwright/test'
import type { Server } from './server'
import { expect, fresh, test } from './test'

/** The browser of somebody else. */
async function elsewhere(browser: Browser, server: Server): Promise<Page> {
  const context = await browser.newContext({ baseURL: server.url, locale: 'en-GB' })
  return context.newPage()
}

async function invite(app: Page, name: string): Promise<string> {
  await app.goto('/settings')
  await app.getByRole('link', { name: /^Users/ }).click()
  await expect(app.getByRole('heading', { level: 1, name: 'Users' })).toBeVisible()
  await app.getByRole('button', { name: 'Invite a colleague' }).click()
  const dialog = app.getByRole('dialog')
  await dialog.getByLabel('Name').fill(name)
  await dialog.getByLabel('E-mail').fill(`${name.toLowerCase().replace(/\W/g, '.')}@prova.example`)
  await dialog.getByRole('button', { name: 'Make the invitation' }).click()
  await expect(dialog.getByText('Legame sends no e-mail by itself')).toBeVisible()
  return dialog.getByLabel('Link').inputValue()
}

test('a colleague is invited, opens the link, sets a password and is in', async ({ app, browser, server, shot }) => {
  const name = fresh('Sofia Prova')
  const link = await invite(app, name)
  await shot('invitation-link')
  await app.getByRole('dialog').getByRole('button', { name: 'Done' }).click()
  await expect(app.getByRole('listitem').filter({ hasText: name })).toContainText('Invited')

  const page = await elsewhere(browser, server)
  await page.goto(link)
  await expect(page.getByRole('heading', { name: `Welcome, ${name}` })).toBeVisible()
  await page.screenshot({ path: 'test-results/shots/join.png' })
  await page.getByLabel('Password', { exact: true }).fill('una parola lunga')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Today' })).toBeVisible()
  await expect(page.getByRole('button', { name: `Account of ${name}` })).toBeVisible()
  await expect(app.getByRole('listitem').filter({ hasText: name })).toContainText('Active')

  // Nothing is theirs so far: each place says what one sees there, and what to do.
  const whose = 'Of deals you see your own and those of your team.'
  const steps = page.getByRole('region', { name: 'First steps' })
  await expect(steps).toContainText(whose)
  await expect(steps.getByRole('button', { name: 'Add your first deal' })).toBeVisible()
  await page.screenshot({ path: 'test-results/shots/joined-today.png' })
  await page.goto('/o/deals')
  await expect(page.getByRole('status').filter({ hasText: whose })).toBeVisible()
  await page.screenshot({ path: 'test-results/shots/joined-board.png' })
  await page.goto('/o/deals?shape=table')
  await expect(page.getByText(whose)).toBeVisible()
  await expect(page.getByRole('button', { name: 'New deal' }).first()).toBeVisible()

  await page.goto(link)
  await expect(page.getByRole('heading', { name: 'This link does not work' })).toBeVisible()
  await page.context().close()
})

test('who forgot the password gets a link from the administrator', async ({ app, browser, server }) => {
  const name = fresh('Luca Prova')
  const first = await invite(app, name)
  const page = await elsewhere(browser, server)
  await page.goto(first)
  await page.getByLabel('Password', { exact: true }).fill('una parola lunga')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Today' })).toBeVisible()

  await app.goto('/settings/people')
  await app.getByRole('button', { name: `Actions for ${name}` }).click()
  await app.getByRole('menuitem', { name: 'New password' }).click()
  await app.getByRole('button', { name: 'Make the link' }).click()
  const link = await app.getByRole('dialog').getByLabel('Link').inputValue()
  await page.goto(link)
  await expect(page.getByRole('heading', { name: 'A new password' })).toBeVisible()
  await page.getByLabel('Password', { exact: true }).fill('short')
  await page.getByLabel('Password', { exact: true }).fill('un’altra parola lunga')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Today' })).toBeVisible()
  await page.context().close()
})

test('another role is given without a restart', async ({ app, api }) => {
  const name = fresh('Anna Prova')
  const [role] = await api.list('roles', { filter: 'name == "representative"' })
  await api.send('POST', 'users', { name, email: `${Date.now()}@prova.example`, status: 'active', roles: [role?.id] })
  await app.goto('/settings/people')
  await app.getByLabel('Find a person').fill(name)
  await app.getByRole('button', { name: `Actions for ${name}` }).click()
  await app.getByRole('menuitem', { name: 'Change role and team' }).click()
  const dialog = app.getByRole('dialog')
  await dialog.getByLabel('Roles').click()
  await app.getByRole('option', { name: 'Manager' }).click()
  await app.keyboard.press('Escape')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(app.getByRole('listitem').filter({ hasText: name })).toContainText('Manager')
})
