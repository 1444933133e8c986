import type { Page } from '@playwright/test'
import { expect, fresh, open, test } from './test'

async function type(page: Page, words: string) {
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Search or run a command' }).fill(words)
  return page.getByRole('listbox')
}

test('anything one remembers of a record finds it', async ({ app, api, shot }) => {
  const word = fresh('Quieta').split(' ')[1] ?? ''
  const company = await api.send('POST', 'companies', {
    name: `Brezza ${word} Logistics`,
    domain: `brezza-${word}.example`,
    city: 'Milano',
  })
  const rossi = await api.send('POST', 'contacts', {
    first_name: `Ada${word}`,
    last_name: 'Rossi',
    company: company.id,
    phone: '+39 0461 555 7093',
  })
  const wang = await api.send('POST', 'contacts', { last_name: '王', first_name: '晓明', name_order: 'family_first' })
  const deal = await api.send('POST', 'deals', { name: `上海冷库 ${word}`, company: company.id })
  const titles = { company: String(company.name), rossi: `Ada${word} Rossi`, deal: `上海冷库 ${word}` }
  await open(app, '/')
  for (const [words, title, marked] of [
    ['rossi mil', titles.rossi],
    ['0461 555', titles.rossi, '0461555'],
    ['+39 (0461) 555-70', titles.rossi, '39046155570'],
    ['5557093', titles.rossi, '5557093'],
    [`brezza-${word}.example`, titles.company, 'example'],
    [String(deal.number), titles.deal, String(deal.number)],
    [`上海 ${word}`, titles.deal],
    ['wang xiao', String((await api.one('contacts', wang.id)).name)],
  ] as const) {
    const list = await type(app, words)
    const option = list.getByRole('option').filter({ hasText: title }).first()
    await expect(option, words).toBeVisible()
    if (marked) await expect(option.locator('mark').last(), `${words} is shown as what was found`).toHaveText(marked)
    if (words === '0461 555') await shot('palette-by-number')
    if (words === 'rossi mil') await shot('palette-rossi-mil')
    await app.keyboard.press('Escape')
  }
  await type(app, '上海')
  await expect(app.getByRole('option').filter({ hasText: '上海' }).first()).toBeVisible()
  await app.keyboard.press('Escape')
  expect(rossi.id).toBeTruthy()
})

test('the palette is walked by keys, remembers what was looked at and runs commands', async ({ app, api }) => {
  const company = await api.send('POST', 'companies', { name: fresh('Valsesina Trasporti') })
  await open(app, '/')
  await type(app, String(company.name).toLowerCase())
  await expect(app.getByRole('option', { name: String(company.name), exact: false }).first()).toBeVisible()
  await app.keyboard.press('Enter')
  await expect(app.getByRole('heading', { level: 1, name: String(company.name) })).toBeVisible()
  await open(app, '/')
  const empty = await type(app, '')
  await expect(empty.getByRole('group', { name: 'Recent' }).getByRole('option').first()).toContainText(
    String(company.name),
  )
  await expect(empty.getByRole('group', { name: 'Commands' })).toBeVisible()
  await app.getByRole('combobox', { name: 'Search or run a command' }).fill('go to dash')
  await expect(app.getByRole('option', { name: 'Go to Dashboard' })).toHaveAttribute('aria-selected', 'true')
  await app.keyboard.press('Enter')
  await expect(app.getByRole('heading', { level: 1, name: 'Sales' })).toBeVisible()
  await type(app, `new deal for ${company.name}`)
  await app.keyboard.press('Enter')
  await expect(app.getByRole('dialog').getByLabel('Company')).toHaveValue(String(company.name))
})
