import { test as base, expect } from '@playwright/test'
import { type Server, startServer } from './server'

const test = base.extend<object, { empty: Server }>({
  empty: [
    async ({}, use) => {
      const server = await startServer(false)
      await use(server)
      await server.stop()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
})

test('the first run makes a workspace, and everything in it says what it is for', async ({ page, empty }) => {
  await page.goto(`${empty.url}/o/deals`)
  await expect(page.getByRole('heading', { name: 'Welcome to Legame' })).toBeVisible()
  await page.screenshot({ path: 'test-results/shots/first-run.png' })
  await page.getByLabel('Company').fill('Gelati Prova')
  await page.getByLabel('Your name').fill('Nora Prova')
  await page.getByLabel('E-mail').fill('nora@prova.example')
  await page.getByLabel('Password', { exact: true }).fill('una parola lunga')
  await page.getByRole('button', { name: 'Start' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Today' })).toBeVisible()
  await expect(page.getByText('All done')).toBeVisible()
  await page.screenshot({ path: 'test-results/shots/first-today.png' })
  await page.getByRole('link', { name: 'Companies' }).click()
  await expect(page.getByRole('heading', { name: 'No companies yet' })).toBeVisible()
  await page.screenshot({ path: 'test-results/shots/first-companies.png' })
  await page.getByRole('button', { name: 'New company' }).first().click()
  await page.getByRole('dialog').getByLabel('Name').fill('Primo Cliente')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Primo Cliente' })).toBeVisible()
})
