import { expect, type Page } from '@playwright/test'
import { test as emptyTest } from './empty'
import { type Language, noEnglish, words } from './words'

const test = emptyTest.extend({ baseURL: async ({ empty }, use) => use(empty.url) })

interface Model {
  objects: {
    name: string
    label: string
    label_plural: string
    fields: { name: string; label: string; options?: { code: string; label: string }[] }[]
    actions: { name: string; label: string }[]
  }[]
}

/** What the model calls things, in the language of whoever is signed in. */
async function names(page: Page) {
  const model = (await (await page.request.get('/api/v1/model')).json()) as Model
  const object = (name: string) => {
    const found = model.objects.find((candidate) => candidate.name === name)
    if (!found) throw new Error(`no object ${name}`)
    return found
  }
  const field = (of: string, name: string) => object(of).fields.find((candidate) => candidate.name === name)
  return {
    plural: (of: string) => object(of).label_plural,
    field: (of: string, name: string) => field(of, name)?.label ?? '',
    option: (of: string, name: string, code: string) =>
      field(of, name)?.options?.find((option) => option.code === code)?.label ?? '',
    action: (of: string, name: string) => object(of).actions.find((action) => action.name === name)?.label ?? '',
  }
}

const places = {
  it: {
    locale: 'it-IT',
    zone: 'Europe/Rome',
    welcome: 'Benvenuti in Legame',
    steps: 'Contatto → Offerta → Decisione',
    stages: ['Contatto', 'Offerta', 'Decisione'],
    amount: '1.250,50',
    money: /1\.250,50\s€/,
    person: { first: 'Maria', last: 'Rossi', whole: 'Maria Rossi' },
    refusal: /non è un indirizzo e-mail/,
  },
  zh: {
    locale: 'zh-CN',
    zone: 'Asia/Shanghai',
    welcome: '欢迎使用 Legame',
    steps: '接触 → 报价 → 决定',
    stages: ['接触', '报价', '决定'],
    amount: '1,250.50',
    money: /¥\s?1,250\.50/,
    person: { first: '晓明', last: '王', whole: '王晓明' },
    refusal: /不是.*(电子邮件|邮箱)/,
  },
} as const

const screens = [
  '/',
  '/o/companies',
  '/o/contacts',
  '/o/leads',
  '/o/activities',
  '/o/deals',
  '/o/deals?shape=table',
  '/o/products',
  '/dashboard',
  '/calendar',
  '/import',
  '/settings',
  '/settings/workspace',
  '/settings/people',
  '/settings/teams',
  '/settings/roles',
  '/settings/pipelines',
  '/settings/choices',
  '/settings/choices?field=lead.source',
  '/settings/notices',
]

for (const language of ['it', 'zh'] as const satisfies Language[]) {
  const place = places[language]
  test.describe(language, () => {
    test.use({ locale: place.locale, timezoneId: place.zone, viewport: { width: 1440, height: 900 } })

    test('from the first run to the settings nothing is said in English', async ({ page }) => {
      test.setTimeout(240_000)
      const word = words(language)
      const shot = (name: string) => page.screenshot({ path: `test-results/shots/${language}-${name}.png` })
      await page.goto('/')
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(place.welcome)
      await page.getByText(place.steps).click()
      await page.getByLabel(word('Company')).fill('Prova')
      await page.getByLabel(word('Your name')).fill(place.person.whole)
      await page.getByLabel(word('E-mail')).fill('prova@prova.example')
      await page.getByLabel(word('Password'), { exact: true }).fill('una parola lunga')
      await page.getByRole('button', { name: word('Start') }).click()
      await expect(page.getByRole('heading', { level: 1, name: word('Today') })).toBeVisible()
      const look = await noEnglish(page, language)
      const name = await names(page)
      await look('today')

      await page.getByRole('link', { name: name.plural('deal'), exact: true }).click()
      for (const stage of place.stages)
        await expect(page.getByRole('region', { name: stage, exact: true })).toBeVisible()
      await look('the board')
      await page.keyboard.press('c')
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel(name.field('deal', 'name'), { exact: true }).fill('Banco prova')
      await dialog.getByLabel(name.field('deal', 'amount'), { exact: true }).fill(place.amount)
      await dialog.getByRole('combobox', { name: name.field('deal', 'company') }).fill('Gelateria Prova')
      await page.getByRole('option', { name: word('Create “{name}”', { name: 'Gelateria Prova' }) }).click()
      await expect(dialog.getByRole('combobox', { name: name.field('deal', 'company') })).toHaveValue('Gelateria Prova')
      await look('quick create')
      await dialog.getByRole('button', { name: word('Create'), exact: true }).click()
      await expect(page.getByRole('heading', { level: 1, name: 'Banco prova' })).toBeVisible()
      await expect(page.getByText(place.money).first()).toBeVisible()
      await look('a deal')

      await page.getByRole('button', { name: name.option('activity', 'kind', 'call'), exact: true }).click()
      await page.getByPlaceholder(word('What was said?')).fill('…e poi?')
      await page.getByLabel(name.field('activity', 'outcome')).selectOption('connected')
      await look('a call being logged')
      await page.getByRole('button', { name: word('Save') }).click()
      await expect(page.getByRole('article').filter({ hasText: '…e poi?' })).toBeVisible()
      await look('a deal with a call')
      await shot('deal')

      await page.goto('/o/contacts')
      await page.getByRole('heading', { level: 1 }).waitFor()
      await page.keyboard.press('c')
      await dialog.getByLabel(name.field('contact', 'first_name'), { exact: true }).fill(place.person.first)
      await dialog.getByLabel(name.field('contact', 'last_name'), { exact: true }).fill(place.person.last)
      const mail = dialog.getByRole('textbox', { name: new RegExp(name.field('contact', 'email')) }).first()
      await mail.fill('prova')
      await dialog.getByRole('button', { name: word('Create'), exact: true }).click()
      await expect(dialog.getByRole('alert').first()).toContainText(place.refusal)
      await look('a refusal')
      await mail.fill('maria@gelateria.example')
      await dialog.getByRole('button', { name: word('Create'), exact: true }).click()
      await expect(page.getByRole('heading', { level: 1, name: place.person.whole })).toBeVisible()
      await look('a contact')

      await page.goto('/o/leads')
      await page.getByRole('heading', { level: 1 }).waitFor()
      await page.keyboard.press('c')
      await dialog.getByLabel(name.field('lead', 'last_name'), { exact: true }).fill('Verdi')
      await dialog.getByLabel(name.field('lead', 'company_name'), { exact: true }).fill('Bar Verdi')
      await dialog.getByRole('button', { name: word('Create'), exact: true }).click()
      await page.getByRole('button', { name: name.action('lead', 'convert'), exact: true }).click()
      await expect(dialog.getByLabel(word('New: {name}', { name: 'Bar Verdi' }))).toBeChecked()
      await look('a lead being converted')
      await shot('convert')
      await dialog.getByRole('button', { name: name.action('lead', 'convert'), exact: true }).click()
      await expect(page).toHaveURL(/\/o\/deals\//)

      await page.keyboard.press('Control+k')
      await look('the palette')
      await page.getByRole('combobox', { name: word('Search or run a command') }).fill('gelateria')
      await expect(page.getByRole('option').filter({ hasText: 'Gelateria Prova' }).first()).toBeVisible()
      await look('what the palette found')
      await page.keyboard.press('Escape')

      for (const width of [1440, 390]) {
        await page.setViewportSize({ width, height: 860 })
        for (const path of screens) {
          await page.goto(path)
          await page.getByRole('heading', { level: 1 }).first().waitFor()
          await look(`${path} at ${width} pixels`)
          const wide = await page.evaluate(
            () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
          )
          expect(wide, path).toBe(0)
          await shot(`${width}${path.replace(/\W+/g, '-')}`)
        }
      }
    })
  })
}
