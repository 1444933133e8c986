import { test as base } from '@playwright/test'
import { type Server, startServer } from './server'

/** A test with a server of its own on which nothing was set up yet. */
export const test = base.extend<{ empty: Server }>({
  empty: [
    async ({}, use) => {
      const server = await startServer(false)
      await use(server)
      await server.stop()
    },
    { timeout: 120_000 },
  ],
})
