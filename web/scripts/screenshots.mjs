// Pictures of the sample company for README and guides, in English and in Italian, as one person of it sees them.
// node scripts/screenshots.mjs URL FOLDER      writes FOLDER/NAME.webp and FOLDER/it/NAME.webp
import { mkdirSync, writeFileSync } from 'node:fs'
import { chromium } from '@playwright/test'

const [url = 'http://127.0.0.1:8080', folder = '../docs/images'] = process.argv.slice(2)
const desk = { width: 1200, height: 750 }
const phone = { width: 390, height: 780 }
const quality = 82
const guides = [
  { language: 'en', locale: 'en-GB', folder },
  { language: 'it', locale: 'it-IT', folder: `${folder}/it` },
]

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

for (const guide of guides) {
  mkdirSync(guide.folder, { recursive: true })
  const context = await browser.newContext({ viewport: desk, locale: guide.locale, reducedMotion: 'reduce' })
  const page = await context.newPage()
  await draw(context, page, guide)
  await context.close()
}
await browser.close()

async function draw(context, page, { language, locale, folder: into }) {
  const shot = async (name, from = page) => {
    await settled(from)
    writeFileSync(`${into}/${name}.webp`, await webp(from))
    console.log(`${into}/${name}.webp`)
  }
  await page.goto(`${url}/sign-in`)
  await page.locator('main button').first().waitFor()
  await shot('sign-in')
  const api = await signIn(context, 'Marco', { language, locale })

  await page.goto(url)
  await page.getByRole('main').getByRole('listitem').first().waitFor()
  await shot('today')
  await page.goto(`${url}/o/deals`)
  await page.locator('[data-card]').first().waitFor()
  await shot('board')
  await page.goto(`${url}/o/companies`)
  await page.getByRole('grid').waitFor()
  await shot('list')
  const [deal] = await api.list('deals', {
    filter: 'owner == me() && status == "open" && touches > 2',
    sort: '-amount',
    limit: '1',
  })
  await page.goto(`${url}/o/deals/${deal.id}`)
  await page.locator('[aria-current=step]').waitFor()
  await shot('deal')
  const [lead] = await api.list('leads', { filter: 'status == "new" && has(company_name)', limit: '1' })
  await page.goto(`${url}/o/leads/${lead.id}`)
  await page.getByRole('button', { name: await label(api, 'lead', 'convert') }).click()
  await page.getByRole('dialog').waitFor()
  await shot('convert')
  await page.goto(`${url}/o/companies`)
  await page.getByRole('grid').waitFor()
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill('rossi mil')
  await page.getByRole('option').first().waitFor()
  await shot('palette')
  for (const [name, path] of [
    ['import', '/import'],
    ['dashboard', '/dashboard'],
    ['calendar', '/calendar?shape=agenda'],
  ]) {
    await page.goto(url + path)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await shot(name)
  }
  await page.setViewportSize(phone)
  await page.goto(`${url}/o/deals/${deal.id}`)
  await page.locator('[aria-current=step]').waitFor()
  await shot('phone')
  await page.setViewportSize(desk)
  await signIn(context, 'Nadia', { language, locale })
  await page.goto(`${url}/settings/pipelines`)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await shot('pipelines')
}

/** Signed in as one of the sample company, Marco who sells or Nadia who administers, in the language of the guide. */
async function signIn(context, given, { language, locale }) {
  const ask = async (method, path, data, headers = {}) => {
    const answer = await context.request.fetch(`${url}/api/v1/${path}`, {
      method,
      data,
      headers: { Origin: url, 'Accept-Language': language, ...headers },
    })
    if (!answer.ok()) throw new Error(`${path} answered ${answer.status()}: ${await answer.text()}`)
    return answer.json()
  }
  const { demo = [] } = await ask('GET', 'setup')
  if (demo.length === 0) throw new Error(`${url} has no sample company: start it with bin/run`)
  await ask('POST', 'session/demo', { email: demo.find(({ name }) => name.startsWith(given)).email })
  const { csrf } = await ask('GET', 'session')
  await ask('PATCH', 'session', { language, locale, preferences: { 'list.deal': null } }, { 'X-CSRF-Token': csrf })
  return {
    list: async (path, query) => (await ask('GET', `${path}?${new URLSearchParams(query)}`)).items,
    model: () => ask('GET', 'model'),
  }
}

async function label(api, object, action) {
  const { objects } = await api.model()
  return objects.find(({ name }) => name === object).actions.find(({ name }) => name === action).label
}

/** Nothing is being read any more, and what came is drawn. */
async function settled(page) {
  await page.waitForFunction(() => document.querySelectorAll('[aria-busy=true]').length === 0, null, {
    timeout: 20_000,
  })
  await page.waitForTimeout(1500)
}

async function webp(page) {
  const client = await page.context().newCDPSession(page)
  const { data } = await client.send('Page.captureScreenshot', { format: 'webp', quality })
  await client.detach()
  return Buffer.from(data, 'base64')
}
