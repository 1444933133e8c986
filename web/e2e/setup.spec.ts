import { expect } from '@playwright/test'
import { test } from './empty'

test('the first run makes a workspace, and everything in it says what it is for', async ({ page, empty }) => {
  await page.goto(`${empty.url}/o/deals`)
  await expect(page.getByRole('heading', { name: 'Welcome to Legame' })).toBeVisible()
  await page.screenshot({ path: 'test-results/shots/first-run.png' })
  await page.getByLabel('Company').fill('Gelati Prova')
  await page.getByRole('radio', { name: /^Simple sales/ }).check()
  await page.getByLabel('Your name').fill('Nora Prova')
  await page.getByLabel('E-mail').fill('nora@prova.example')
  await page.getByLabel('Password', { exact: true }).fill('una parola lunga')
  await page.getByRole('button', { name: 'Start' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Today' })).toBeVisible()
  const steps = page.getByRole('region', { name: 'First steps' })
  await expect(steps.getByRole('link')).toHaveCount(3)
  await expect(steps.getByRole('button', { name: 'Add your first deal' })).toBeVisible()
  await page.screenshot({ path: 'test-results/shots/first-today.png' })
  await page.getByRole('link', { name: 'Deals', exact: true }).click()
  await expect(page.getByText('No deals here yet')).toBeVisible()
  await page.screenshot({ path: 'test-results/shots/first-board.png' })
  await page.getByRole('link', { name: 'Companies' }).click()
  await expect(page.getByRole('heading', { name: 'No companies yet' })).toBeVisible()
  await page.screenshot({ path: 'test-results/shots/first-companies.png' })
  await page.getByRole('button', { name: 'New company' }).first().click()
  await page.getByRole('dialog').getByLabel('Name').fill('Primo Cliente')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Primo Cliente' })).toBeVisible()
  // What is done is ticked, the rest stays.
  await page.getByRole('link', { name: 'Today', exact: true }).click()
  const step = (name: string) => steps.getByRole('listitem').filter({ hasText: name })
  await expect(step('Bring your data').getByRole('img', { name: 'Done' })).toBeVisible()
  await steps.getByRole('link', { name: 'Look at your pipeline' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Pipelines' })).toBeVisible()
  await page.getByRole('link', { name: 'Today', exact: true }).click()
  await expect(step('Look at your pipeline').getByRole('img', { name: 'Done' })).toBeVisible()
  await expect(steps.getByRole('link', { name: 'Invite your colleagues' })).toBeVisible()
  await page.screenshot({ path: 'test-results/shots/first-today-later.png' })
  const kept = page.waitForResponse((answer) => answer.request().method() === 'PATCH' && answer.ok())
  await steps.getByRole('button', { name: 'Hide the first steps' }).click()
  await expect(steps).toBeHidden()
  await kept
  await page.reload()
  await expect(page.getByRole('heading', { name: 'All done' })).toBeVisible()
  await expect(steps).toBeHidden()
  await page.goto(`${empty.url}/dashboard`)
  await expect(page.getByRole('link', { name: /^Win rate/ })).toContainText('too few closed deals (0)')
})

for (const [locale, zone, language, words] of [
  [
    'it-CH',
    'Europe/Zurich',
    'Italiano',
    { title: 'Benvenuti in Legame', currency: 'CHF', stages: 'Contatto → Offerta → Decisione' },
  ],
  ['zh-CN', 'Asia/Shanghai', '中文', { title: '欢迎使用 Legame', currency: 'CNY', stages: '接触 → 报价 → 决定' }],
] as const) {
  test.describe(locale, () => {
    test.use({ locale, timezoneId: zone, viewport: { width: 390, height: 844 } })

    test('the first run speaks the language of the browser and knows its zone', async ({ page, empty }) => {
      await page.goto(empty.url)
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(words.title)
      await expect(page.getByRole('combobox').first()).toHaveValue(language)
      const values = await page
        .getByRole('combobox')
        .evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value))
      expect(values).toEqual([language, words.currency, zone])
      await expect(page.getByText(words.stages)).toBeVisible()
      await page.screenshot({ path: `test-results/shots/first-run-${locale}.png`, fullPage: true })
      await page.getByRole('combobox').first().click()
      await page.getByRole('option', { name: 'English' }).click()
      await expect(page.getByRole('heading', { name: 'Welcome to Legame' })).toBeVisible()
      await expect(page.getByText('Contact → Offer → Decision')).toBeVisible()
    })
  })
}

test('the chosen pipeline is the one that deals go through', async ({ page, empty }) => {
  await page.goto(empty.url)
  await page.getByLabel('Company').fill('Rinnovi Prova')
  await page.getByRole('radio', { name: /^Renewals/ }).focus()
  await page.keyboard.press('Space')
  await page.getByLabel('Your name').fill('Nora Prova')
  await page.getByLabel('E-mail').fill('nora@prova.example')
  await page.getByLabel('Password', { exact: true }).fill('una parola lunga')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Today' })).toBeVisible()
  await page.getByRole('link', { name: 'Deals', exact: true }).click()
  await expect(page.getByRole('region', { name: 'Offer sent', exact: true })).toBeVisible()
})
