import { test as base, expect } from '@playwright/test'
import { Api } from './api'
import { type Server, startServer } from './server'

// A server of its own: the other journeys need the sample company.
const test = base.extend<{ full: Server }>({
  full: [
    async ({}, use) => {
      const server = await startServer(true, true)
      await use(server)
      await server.stop()
    },
    { timeout: 240_000 },
  ],
})

test('the sample company leaves with one button, and one’s own record stays', async ({ page, context, full }) => {
  test.setTimeout(240_000)
  const api = new Api(context.request, full.url)
  await api.signIn()
  await api.send('PATCH', 'session', { language: 'en', locale: 'en-GB' })
  const company = await api.send('POST', 'companies', { name: 'Ditta mia' })
  await page.goto(`${full.url}/settings`)
  await page.getByRole('link', { name: /^Sample company/ }).click()
  await page.getByRole('button', { name: 'Remove the sample company' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove the sample company' }).click()
  const told = page.getByRole('status').filter({ hasText: 'sample records are gone' })
  await expect(told).toBeVisible({ timeout: 200_000 })
  await page.screenshot({ path: 'test-results/shots/sample-gone.png' })
  expect((await api.list('companies')).map((one) => one.id)).toEqual([company.id])
  await page.goto(`${full.url}/settings`)
  await expect(page.getByRole('link', { name: /^Pipelines/ })).toBeVisible()
  await expect(page.getByRole('link', { name: /^Sample company/ })).toHaveCount(0)
})
