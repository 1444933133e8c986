// Pictures of the sample company for README and docs: node scripts/screenshots.mjs URL FOLDER
import { mkdirSync } from 'node:fs'
import { chromium } from '@playwright/test'

const [url = 'http://127.0.0.1:8080', folder = '../docs/images'] = process.argv.slice(2)
const screens = { board: '/o/deals', companies: '/o/companies', dashboard: '/dashboard' }

mkdirSync(folder, { recursive: true })
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
})
const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' })
const page = await context.newPage()
await page.goto(url)
await page.fill('input[name=email], input[type=email]', 'nadia.ricci@fratellidolce.example')
await page.fill('input[type=password]', 'gelato-in-trento')
await page.keyboard.press('Enter')
await page.waitForURL((at) => !at.pathname.startsWith('/sign-in'))
for (const [name, path] of Object.entries(screens)) {
  await page.goto(url + path)
  await page.waitForLoadState('load')
  await page.waitForTimeout(3000)
  await page.screenshot({ path: `${folder}/${name}.png` })
}
await browser.close()
