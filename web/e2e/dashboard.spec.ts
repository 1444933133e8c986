import type { Page } from '@playwright/test'
import type { Api } from './api'
import { expect, test } from './test'

interface Answer {
  rows: { count: number; sum_amount?: { amount: string } }[]
}

const measures = [{ fn: 'count' }, { fn: 'sum', field: 'amount' }]
const ask = (api: Api, filter: string) => api.send<Answer>('POST', 'query', { object: 'deal', filter, measures })

const tile = (page: Page, name: string) => page.getByRole('link', { name: new RegExp(`^${name}`) })

/** A list of so many deals; of none it says so. */
const listed = (page: Page, count: number) =>
  page.getByText(count ? new RegExp(`^${count} deals?$`) : 'No deals match', { exact: true })

/** The filter that a tile opens its list with. */
async function filterOf(page: Page, name: string): Promise<string> {
  const address = (await tile(page, name).getAttribute('href')) ?? ''
  return new URL(address, 'http://legame').searchParams.get('filter') ?? ''
}

test('each figure says what it is and opens exactly the deals behind it', async ({ app, api, shot }) => {
  for (const [name, says] of [
    ['Won this month', 'Amount of deals won, by closing date'],
    ['Open\\b(?!, w)', 'Amount of all open deals, today'],
    ['Open, weighted', 'Amount times probability of all open deals, today'],
    ['Win rate, 90 days', 'Won / (won + lost), by closing date'],
  ] as const) {
    await app.goto('/dashboard')
    await expect(app.getByText('All amounts in EUR')).toBeVisible()
    await expect(tile(app, name)).toContainText(says)
    const counted = await ask(api, await filterOf(app, name))
    const count = counted.rows[0]?.count ?? 0
    const words = new RegExp(`\\b${count} (deals?|closed)`)
    if (name !== 'Won this month') await expect(tile(app, name)).toContainText(words)
    if (name === 'Win rate, 90 days') await shot('dashboard')
    await tile(app, name).click()
    await expect(listed(app, count)).toBeVisible()
  }
})

test('what was won this month is held against the same days of the last', async ({ app, api }) => {
  const zone = 'Europe/Rome'
  const today = new Date().toLocaleDateString('en-CA', { timeZone: zone })
  const first = `${today.slice(0, 7)}-01`
  const end = new Date(Date.parse(`${first}T12:00:00Z`) - 86_400_000).toISOString().slice(0, 10)
  const from = `${end.slice(0, 7)}-01`
  const last = Math.min(Number(today.slice(8)), Number(end.slice(8)))
  const until = `${end.slice(0, 8)}${String(last).padStart(2, '0')}`
  const now = await ask(api, `status == "won" && closed_at >= "${first}" && closed_at < today() + days(1)`)
  const before = await ask(api, `status == "won" && closed_at >= "${from}" && closed_at < date("${until}") + days(1)`)
  const short = (answer: Answer) => {
    const value = Number(answer.rows[0]?.sum_amount?.amount ?? 0)
    const compact =
      value >= 10_000 ? { notation: 'compact' as const, maximumFractionDigits: 1 } : { maximumFractionDigits: 0 }
    return new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'EUR', ...compact }).format(value)
  }
  await app.goto('/dashboard')
  const won = tile(app, 'Won this month')
  await expect(won).toContainText(short(now))
  await expect(won).toContainText(`against ${short(before)} on the same days of last month`)
})

test('a bar of the months opens the deals won in that month', async ({ app }) => {
  await app.goto('/dashboard')
  await app.getByRole('button', { name: 'Show Won by month as a table' }).click()
  const rows = app.getByRole('region', { name: 'Won by month' }).getByRole('row')
  const row = rows.filter({ has: app.getByRole('button') }).last()
  const count = (await row.getByRole('cell').first().textContent())?.trim() ?? ''
  await row.getByRole('button').click()
  await expect(listed(app, Number(count))).toBeVisible()
})
