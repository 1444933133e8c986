import { test as base, expect, type Page } from '@playwright/test'
import { Api } from './api'
import { type Server, startServer } from './server'

interface Fixtures {
  api: Api
  /** A page signed in as an administrator. */
  app: Page
  shot: (name: string) => Promise<void>
}

export const test = base.extend<Fixtures, { server: Server }>({
  server: [
    async ({}, use) => {
      const server = await startServer()
      await use(server)
      await server.stop()
    },
    { scope: 'worker', timeout: 240_000 },
  ],
  baseURL: async ({ server }, use) => use(server.url),
  api: async ({ context, server }, use) => {
    const api = new Api(context.request, server.url)
    await api.signIn()
    await api.send('PATCH', 'session', { language: 'en', locale: 'en-GB', preferences: { 'list.deal': null } })
    await use(api)
  },
  app: async ({ page, api: _ }, use) => {
    const errors: string[] = []
    page.on('pageerror', (error) => errors.push(error.message))
    page.on('console', (message) => {
      if (message.type() === 'error' && /Content Security Policy|is not a function/.test(message.text()))
        errors.push(message.text())
    })
    await use(page)
    expect(errors, 'the page threw nothing').toEqual([])
  },
  shot: async ({ page }, use) =>
    use(async (name) => void (await page.screenshot({ path: `test-results/shots/${name}.png` }))),
})

export { expect }

/** The dark message at the foot. */
export const toast = (page: Page) =>
  page.getByRole('status').filter({ has: page.getByRole('button', { name: 'Close message' }) })

let counter = 0

/** A name that no earlier test has used: the company is shared by all of them. */
export const fresh = (name: string) => `${name} ${Date.now().toString(36)}${counter++}`

/** The page answers to keys once its heading stands. */
export async function open(page: Page, path: string): Promise<void> {
  await page.goto(path)
  await page.getByRole('heading').first().waitFor()
  await page.getByRole('button', { name: 'Help and shortcuts' }).or(page.getByRole('navigation')).first().waitFor()
}
