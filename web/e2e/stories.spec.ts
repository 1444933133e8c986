import type { Page } from '@playwright/test'
import type { Row } from './api'
import { all, type Change, count, history, idOf, money, only, sum, title } from './ask'
import { expect, open, test as base } from './test'
import { type Server, startServer } from './server'

// The whole sample company, loaded once: these tests only look at it.
const test = base.extend<object, { server: Server }>({
  server: [
    async ({}, use) => {
      const server = await startServer('full')
      await use(server)
      await server.stop()
    },
    { scope: 'worker', timeout: 600_000 },
  ],
})
test.describe.configure({ timeout: 120_000 })

const day = 86_400_000
const named = (path: string, name: string) => [path, `name == ${JSON.stringify(name)}`] as const
const panel = (page: Page, name: string) => page.getByRole('region', { name, exact: true })
const show = async (page: Page, path: string, record: Row) => open(page, `/o/${path}/${record.id}`)

test('1: Valsesia’s page says that Elena Conti’s two questions wait, and until when the quote is valid', async ({
  app,
  api,
  shot,
}) => {
  const deal = await only(api, ...named('deals', 'Winter season contract'))
  expect(deal).toMatchObject({ amount: { amount: '38500.00', currency: 'EUR' }, status: 'open', unanswered: 2 })
  expect(title((await api.one('deals', deal.id, 'stage')).stage)).toBe('Proposal')
  const about = `${JSON.stringify(deal.id)} in about`
  const [mail] = await api.list('activities', { filter: `${about} && direction == "incoming"`, sort: 'done_at' })
  expect(mail?.subject).toBe('Re: Winter contract, two questions')
  const later = `${about} && kind == "email" && direction == "outgoing" && done_at > timestamp("${mail?.done_at}")`
  expect(await count(api, 'activity', later), 'nobody has answered').toBe(0)
  await show(app, 'deals', deal)
  await expect(app.getByText('2 messages are unanswered')).toBeVisible()
  await expect(app.getByText(/valid until Friday/).first()).toBeVisible()
  await shot('story-1-unanswered')
})

test('2: nine customers went quiet, Ester Energia first, with their Pulse in apricot', async ({ app, api, shot }) => {
  const filter = '"customer" in relationships && touches >= 4 && last_touch_at < now() - weeks(6)'
  const quiet = await api.list('companies', { filter, sort: '-won_last_12m' })
  expect(quiet).toHaveLength(9)
  expect(quiet[0]?.name).toBe('Ester Energia')
  expect(Math.abs(money(quiet[0]?.won_last_12m) - 167_000)).toBeLessThan(1)
  await open(app, '/o/companies?view=going_quiet')
  const grid = app.getByRole('grid', { name: 'Companies' })
  await expect(app.getByText(/^9 companies$/)).toBeVisible()
  await expect(grid.getByRole('row').nth(1)).toContainText('Ester Energia')
  const pulses = grid.getByRole('img', { name: /touches in 12 weeks, none in the last 4/ })
  await expect(pulses).toHaveCount(9)
  await expect(pulses.first().locator('path[fill="var(--attn-line)"]').first()).toBeVisible()
  await shot('story-2-going-quiet')
})

test('3: twelve of the 29 deals at Proposal stand too long, and the column says it once', async ({
  app,
  api,
  shot,
}) => {
  const open_ = 'status == "open" && pipeline == "Equipment"'
  expect([await count(api, 'deal', open_), await count(api, 'deal', `${open_} && stage == "Proposal"`)]).toEqual([
    96, 29,
  ])
  const slow = `${open_} && stage == "Proposal" && temperature in ["slow", "rotten"]`
  expect(await count(api, 'deal', slow)).toBe(12)
  const equipment = await only(api, ...named('pipelines', 'Equipment'))
  await open(app, `/o/deals?scope=${equipment.id}`)
  const column = panel(app, 'Proposal')
  await expect(column.getByText('12 cards have stood here too long')).toHaveCount(1)
  await expect(column.locator('[data-card][data-tinted="true"]'), 'the cards need not say it too').toHaveCount(0)
  await shot('story-3-proposal')
})

test('4: four great deals wait in Negotiation for a special price, and the dashboard has them at risk', async ({
  app,
  api,
  shot,
}) => {
  const filter = 'stage == "Negotiation" && status == "open" && amount > 45000 && temperature == "rotten"'
  const waiting = await api.list('deals', { filter, sort: '-amount', expand: 'company' })
  expect(waiting.map((deal) => title(deal.company))).toContain('Orsa Hotels')
  expect(waiting).toHaveLength(4)
  expect(waiting[0]?.amount).toEqual({ amount: '61400.00', currency: 'EUR' })
  await open(app, '/dashboard')
  const risks = app.getByRole('region', { name: 'Deals at risk' })
  for (const deal of waiting) await expect(risks.getByRole('link', { name: String(deal.name) })).toBeVisible()
  await risks.scrollIntoViewIfNeeded()
  await shot('story-4-at-risk')
})

test('5: Alpenglow is the greatest customer only as a group, as its switch shows', async ({ app, api, shot }) => {
  const holding = await only(api, ...named('companies', 'Alpenglow Holding'))
  const group = await api.list('companies', { filter: `root == "${holding.id}"`, fields: 'name,city,won_amount' })
  expect(group.map((one) => one.city)).toEqual(expect.arrayContaining(['Genova', 'Verona', 'Barcelona', 'München']))
  expect(group).toHaveLength(6)
  expect(Math.abs(money(holding.group_won_amount) - 486_000)).toBeLessThan(60)
  const companies = await all(api, 'companies', { fields: 'name,won_amount,group_won_amount' })
  const most = (field: string) => companies.toSorted((a, b) => money(b[field]) - money(a[field]))
  expect(most('group_won_amount')[0]?.name).toBe('Alpenglow Holding')
  const ten = most('won_amount').slice(0, 10)
  for (const one of group) expect(ten.map((great) => great.id)).not.toContain(one.id)
  await show(app, 'companies', holding)
  const closed = `company in ${JSON.stringify(group.map((one) => one.id))} && status in ["won", "lost"]`
  const together = ((await sum(api, 'deal', closed, 'amount')) / 1000).toFixed(1).replace('.0', '')
  await expect(panel(app, 'Closed deals')).toContainText('€38k')
  await app.getByRole('switch', { name: 'Include 5 subsidiaries' }).click({ force: true })
  await expect(panel(app, 'Closed deals')).toContainText(`€${together}k`)
  await expect(panel(app, 'Open deals')).toContainText('€26,400')
  await shot('story-5-group')
})

test('6, 7: Kestrel complained three times and its sponsor is with Juniper; old meetings stay where they were', async ({
  app,
  api,
  shot,
}) => {
  expect(await count(api, 'activity', 'type == "complaint"')).toBe(3)
  const kestrel = await only(api, ...named('companies', 'Kestrel Hotels'))
  const [renewal, ...others] = await api.list('deals', { filter: `company == "${kestrel.id}" && status == "open"` })
  expect(others).toEqual([])
  expect(renewal?.amount).toEqual({ amount: '16200.00', currency: 'GBP' })
  const ahead = (Date.parse(String(renewal?.expected_close)) - Date.now()) / day
  expect(ahead, 'in 34 days from the day it was loaded').toBeGreaterThan(31)
  expect(ahead).toBeLessThan(35)
  const helen = await only(api, 'contacts', 'first_name == "Helen" && last_name == "Marsh"')
  const positions = await api.list('positions', { filter: `contact == "${helen.id}"`, expand: 'company' })
  expect(positions.map((one) => title(one.company)).sort()).toEqual(['Juniper Hotels', 'Kestrel Hotels'])
  const juniper = await only(api, ...named('companies', 'Juniper Hotels'))
  const review = (company: Row) =>
    count(api, 'activity', `subject == "Annual review with Helen" && "${company.id}" in about`)
  expect([await review(kestrel), await review(juniper)]).toEqual([1, 0])

  await show(app, 'companies', kestrel)
  await expect(app.getByText('Invoice for a repair under warranty').first()).toBeVisible()
  await shot('story-6-kestrel')
  await app.getByRole('group', { name: 'Show' }).getByRole('button', { name: 'Meeting' }).click()
  await expect(async () => {
    if (!(await app.getByText('Annual review with Helen').first().isVisible()))
      await app.getByRole('button', { name: 'Show older' }).click()
    await expect(app.getByText('Annual review with Helen').first()).toBeVisible({ timeout: 2000 })
  }).toPass({ timeout: 30_000 })
  await show(app, 'contacts', helen)
  await expect(app.getByRole('link', { name: 'Juniper Hotels' }).first()).toBeVisible()
  await expect(panel(app, 'Positions')).toContainText('Kestrel Hotels')
  await shot('story-7-two-positions')
})

test('8: Tramonto is there twice and 王晓明 too; search finds both, and a new record is offered those there are', async ({
  app,
  api,
  shot,
}) => {
  const firms = await api.list('companies', {
    filter: 'name in ["Tramonto Meccanica S.r.l.", "TRAMONTO MECCANICA SRL"]',
  })
  expect(firms).toHaveLength(2)
  expect(firms[0]?.vat_number).toBe(firms[1]?.vat_number)
  expect(firms[0]?.owner).not.toBe(firms[1]?.owner)
  const ids = JSON.stringify(firms.map((one) => one.id))
  const deals = await api.list('deals', { filter: `company in ${ids} && status == "open"` })
  expect(new Set(deals.map((deal) => deal.company)).size).toBe(2)
  const rossi = await count(api, 'contact', 'first_name == "Marco" && last_name == "Rossi"')
  expect(rossi, 'two people who only share a name').toBeGreaterThanOrEqual(2)
  await only(api, ...named('contacts', '王晓明'))
  await only(api, 'contacts', 'first_name == "Xiaoming" && last_name == "Wang"')

  await open(app, '/o/companies')
  const find = async (words: string) => {
    await app.keyboard.press('Control+k')
    await app.getByRole('combobox', { name: 'Search or run a command' }).fill(words)
    return app.getByRole('listbox').getByRole('option')
  }
  let options = await find('tramonto meccanica')
  await expect(options.filter({ hasText: 'Tramonto Meccanica S.r.l.' }).first()).toBeVisible()
  await expect(options.filter({ hasText: 'TRAMONTO MECCANICA SRL' }).first()).toBeVisible()
  await app.keyboard.press('Escape')
  options = await find('wang xiaoming')
  await expect(options.filter({ hasText: '王晓明' }).first()).toBeVisible()
  await expect(options.filter({ hasText: /Xiaoming/ }).first()).toBeVisible()
  await shot('story-8-search')
  await app.keyboard.press('Escape')
  await app.keyboard.press('c')
  const dialog = app.getByRole('dialog')
  await dialog.getByRole('textbox', { name: /^Name/ }).fill('Tramonto Meccanica')
  await expect(dialog.getByRole('button', { name: /Tramonto Meccanica.*Use this one/i })).toHaveCount(2)
  await shot('story-8-alike')
})

test('9: Stefano’s 9 companies, 14 open deals and 31 tasks stand in the dialog that hands them over', async ({
  app,
  api,
  shot,
}) => {
  const stefano = await only(api, ...named('users', 'Stefano Villa'))
  expect(stefano.status).toBe('deactivated')
  const of = (object: string, more = 'true') => count(api, object, `owner == "${stefano.id}" && ${more}`)
  expect(await of('company')).toBe(9)
  expect([await of('deal', 'status == "open"'), await of('deal', 'temperature == "rotten"')]).toEqual([14, 6])
  expect(await of('activity', '!has(done_at)')).toBe(31)
  await open(app, '/settings/people')
  await app.getByRole('button', { name: /^Deactivated \(1\)/ }).click()
  await app.getByRole('button', { name: 'Actions for Stefano Villa' }).click()
  await app.getByRole('menuitem', { name: 'Hand work over' }).click()
  const item = (words: string) => app.getByRole('dialog').getByRole('listitem').filter({ hasText: words })
  await expect(item('Companies')).toContainText('9')
  await expect(item('Deals')).toContainText('14')
  await expect(item('Activities')).toContainText('31')
  await shot('story-9-hand-over')
})

// A report of what campaigns cost and brought has no screen yet.
test('10: the fair in Rimini brought 15 wins for 189,000 euro, search advertising one', async ({ api }) => {
  const of = async (detail: string) => {
    const filter = `source_detail == "${detail}"`
    const won = `${filter} && status == "won"`
    return [
      await count(api, 'lead', filter),
      await count(api, 'deal', filter),
      await count(api, 'deal', won),
      Math.round(await sum(api, 'deal', won, 'amount')),
    ]
  }
  expect(await of('Salone del Gelato, Rimini')).toEqual([142, 44, 15, 189_000])
  expect(await of('Search advertising')).toEqual([214, 9, 1, 6_200])
  const costs = await api.list('activities', { filter: 'kind == "note" && pinned', fields: 'subject' })
  const told = costs.map((note) => note.subject)
  expect(told).toContain('Costi Rimini: 31.000 euro')
  expect(told).toContain('Pubblicità sui motori di ricerca: 18.400 euro')
})

test('11: Bruna Sartori sent seven customers worth 41,000 euro, three of them marked as web form', async ({
  app,
  api,
  shot,
}) => {
  const bruna = await only(api, 'contacts', 'last_name == "Sartori" && first_name == "Bruna"')
  const filter = `kind == "referred" && "${bruna.id}" in from`
  const sent = (await api.list('relations', { filter, expand: 'to' })).flatMap((one) => one.to as { id: string }[])
  expect(sent).toHaveLength(7)
  const ids = JSON.stringify(sent.map((one) => one.id))
  expect(Math.abs((await sum(api, 'company', `id in ${ids}`, 'won_amount')) - 41_000)).toBeLessThanOrEqual(1)
  expect(await count(api, 'company', `id in ${ids} && source == "web_form"`)).toBe(3)
  await show(app, 'contacts', bruna)
  await expect(app.getByText('Gelateria Ginestra').first()).toBeVisible()
  await shot('story-11-referrals')
})

// The report of losses has no screen yet.
test('12: FrostLine won 41 deals from us, 23 of them in Bavaria in seven months, mostly by delivery time', async ({
  api,
}) => {
  expect(await count(api, 'deal', 'lost_to == "FrostLine GmbH"')).toBe(41)
  const lost = await all(api, 'deals', {
    filter: 'lost_to == "FrostLine GmbH"',
    fields: 'company,lost_reason,closed_at',
  })
  const bavarian = await all(api, 'companies', { filter: 'country == "DE"', fields: 'address' })
  const inBavaria = new Set(
    bavarian.filter((one) => (one.address as { region?: string } | null)?.region === 'BY').map((one) => one.id),
  )
  const recent = lost.filter(
    (deal) => inBavaria.has(String(deal.company)) && Date.parse(String(deal.closed_at)) > Date.now() - 215 * day,
  )
  expect(recent).toHaveLength(23)
  expect(recent.filter((deal) => deal.lost_reason === 'delivery_time').length).toBeGreaterThan(11)
})

test('13: 宁波海川制冷 is supplier and customer on one record', async ({ app, api, shot }) => {
  const company = await only(api, ...named('companies', '宁波海川制冷'))
  expect(company.relationships).toEqual(expect.arrayContaining(['supplier', 'customer']))
  expect(money(company.won_amount)).toBeGreaterThan(0)
  await show(app, 'companies', company)
  const highlights = app.getByRole('group', { name: 'Highlights' })
  await expect(highlights).toContainText('Supplier')
  await expect(highlights).toContainText('Customer')
  await shot('story-13-haichuan')
})

// The forecast with and without it has no screen yet.
test('14: 江南鲜配 at 认证 is nearly half of China’s weighted value and slipped four times', async ({
  app,
  api,
  shot,
}) => {
  const china = await only(api, ...named('pipelines', 'China 渠道'))
  const open_ = `pipeline == "${china.id}" && status == "open"`
  const [whale] = await api.list('deals', { filter: `${open_} && company == "江南鲜配"`, expand: 'stage' })
  expect(whale).toMatchObject({ amount: { amount: '3200000.00', currency: 'CNY' }, close_slips: 4 })
  expect(title(whale?.stage)).toBe('认证')
  const mine = await sum(api, 'deal', `${open_} && company == "江南鲜配"`, 'weighted')
  const share = mine / (await sum(api, 'deal', open_, 'weighted'))
  expect(share).toBeGreaterThanOrEqual(0.38)
  expect(share).toBeLessThanOrEqual(0.55)
  await open(app, `/o/deals?scope=${china.id}`)
  const there = panel(app, '认证').locator(`[data-card="${whale?.id}"]`)
  await expect(there).toContainText('江南鲜配')
  await expect(there).toContainText(/3[.,]2/)
  await shot('story-14-whale')
})

test('15: six leads of the weekend wait with a score of 80, and two people claimed the oldest', async ({
  app,
  api,
  shot,
}) => {
  const filter = 'status == "new" && score == 80'
  const leads = await api.list('leads', { filter, sort: 'created_at' })
  expect(leads).toHaveLength(6)
  const [oldest] = leads as [Row]
  const owners = (await history(api, 'leads', oldest.id)).filter((change) => change.field === 'owner')
  expect(owners.map((change) => change.actor?.name).sort()).toEqual(['Luca Moretti', 'Sofia Greco'])
  await open(app, `/o/leads?shape=table&filter=${encodeURIComponent(filter)}`)
  await expect(app.getByText(/^6 leads$/)).toBeVisible()
  for (const lead of leads) await expect(app.getByRole('grid')).toContainText(String(lead.last_name))
  await shot('story-15-weekend')
})

// What is due to be bought again is not yet told on Today.
test('16: 64 parlours buy cleaning kits every 84 to 96 days; eleven are due and four late', async ({ api }) => {
  const kits = 'status == "won" && pipeline == "Renewals" && kind == "existing_business"'
  const first = 'lines.exists(l, l.position == 0 && l.product.code == "KIT-CLN")'
  const orders = await all(api, 'deals', { filter: `${kits} && ${first}`, fields: 'company,closed_at' })
  const by = new Map<unknown, number[]>()
  for (const deal of orders)
    by.set(deal.company, [...(by.get(deal.company) ?? []), Date.parse(String(deal.closed_at)) / day])
  const three = [...by.values()].filter((days) => days.length === 3)
  expect(three).toHaveLength(64)
  for (const days of three) {
    const gap = Math.floor((Math.max(...days) - Math.min(...days)) / 2)
    expect(gap).toBeGreaterThanOrEqual(83)
    expect(gap).toBeLessThanOrEqual(97)
  }
  const ages = three.map((days) => Math.floor(Date.now() / day - Math.max(...days)))
  expect(ages.filter((age) => age >= 84 && age <= 97)).toHaveLength(11)
  expect(ages.filter((age) => age > 97)).toHaveLength(4)
})

test('17: Borgo Foods got a discount or free freight on seven of its eight deals', async ({ app, api, shot }) => {
  const borgo = await only(api, ...named('companies', 'Borgo Foods'))
  expect(await count(api, 'deal', `company == "${borgo.id}"`)).toBe(8)
  const given = 'lines.exists(l, l.discount >= 12 || l.free && l.product.code == "SRV-FRT")'
  expect(await count(api, 'deal', `company == "${borgo.id}" && ${given}`)).toBe(7)
  const discounted = `company == "${borgo.id}" && status == "open" && lines.exists(l, l.discount >= 12)`
  await show(app, 'deals', await only(api, 'deals', discounted))
  await app.getByRole('group', { name: 'Parts of this page' }).getByRole('button', { name: 'Lines' }).click()
  await expect(app.getByLabel(/^Discount of /).first()).toHaveValue(/^16/)
  await expect(app.getByText('Free of charge').first()).toBeVisible()
  await shot('story-17-discount')
})

test('18: Granaio Partners grew from 4 to 28 probes without a maintenance contract', async ({ api }) => {
  const bought = 'deal.company.name == "Granaio Partners" && deal.status == "won"'
  const lines = await all(api, 'deal_lines', { filter: bought, expand: 'product,deal' })
  const codes = await api.list('products', {
    filter: 'code == "PRB-TH" || family == "Maintenance"',
    fields: 'code,family',
  })
  const of = (holds: (product: Row) => boolean) => {
    const ids = codes.filter(holds).map((product) => product.id)
    return lines.filter((line) => ids.includes(idOf(line.product))).map((line) => Number(line.quantity))
  }
  const probes = of((product) => product.code === 'PRB-TH')
  expect(probes).toHaveLength(4)
  expect(probes.reduce((total, some) => total + some, 0)).toBe(28)
  expect(Math.min(...probes)).toBe(4)
  expect(of((product) => product.family === 'Maintenance')).toEqual([])
})

test('19: nine Tyrolean firms that a file had put into Italy were mended in one act, as their history tells', async ({
  app,
  api,
  shot,
}) => {
  const mended: { firm: Row; changes: Change[] }[] = []
  for (const firm of await all(api, 'companies', {
    filter: 'country == "AT" && source_detail == "Salone del Gelato, Rimini"',
  })) {
    const changes = (await history(api, 'companies', firm.id)).filter((change) => change.field === 'address')
    if (changes.length > 0) mended.push({ firm, changes })
  }
  expect(mended).toHaveLength(9)
  for (const { firm, changes } of mended) {
    const [change] = changes
    expect(change?.actor?.name).toBe('Marta Rinaldi')
    const before = new Date(Date.parse(String(change?.at)) - 60_000).toISOString()
    const then = (await api.page<Row>(`companies/${firm.id}`, { as_of: before })) as unknown as Row
    expect([then.country, (await api.one('companies', firm.id)).country]).toEqual(['IT', 'AT'])
    const spread = Math.abs(Date.parse(String(change?.at)) - Date.parse(String(mended[0]?.changes[0]?.at)))
    expect(spread, 'together').toBeLessThan(60_000)
  }
  await show(app, 'companies', mended[0]?.firm as Row)
  await app.getByRole('button', { name: 'More actions' }).click()
  await app.getByRole('menuitem', { name: 'History' }).click()
  const row = app.getByRole('dialog').getByRole('row').filter({ hasText: 'Address' })
  await expect(row.first()).toContainText('Marta Rinaldi')
  await shot('story-19-history')
})

// What a change of process did to conversion has no screen yet.
test('20: since a call follows each proposal, seven of ten reach Negotiation instead of six', async ({ api }) => {
  const stages = await api.list('stages', { filter: 'pipeline == "Equipment"' })
  const stage = (name: string) => stages.find((one) => one.name === name)?.id ?? ''
  const later = [stage('Negotiation'), stage('Verbal yes')]
  const closed = await all(api, 'deals', {
    filter: `pipeline == "Equipment" && status != "open" && last_open_stage in ${JSON.stringify([stage('Proposal'), ...later])}`,
    fields: 'closed_at,last_open_stage',
  })
  const since = Date.now() - 90 * day
  const rates = { before: [0, 0], since: [0, 0] }
  for (const deal of closed) {
    let age: 'before' | 'since' = 'before'
    if (Date.parse(String(deal.closed_at)) > since) {
      const moves = await history(api, 'deals', deal.id)
      const entered = moves.find((change) => change.field === 'stage' && change.after === stage('Proposal'))
      if (entered && Date.parse(entered.at) > since) age = 'since'
    }
    rates[age][0] = (rates[age][0] ?? 0) + 1
    if (later.includes(String(deal.last_open_stage))) rates[age][1] = (rates[age][1] ?? 0) + 1
  }
  const share = ([all_ = 0, on = 0]: number[]) => on / all_
  expect(Math.abs(share(rates.before) - 0.6), `before: ${rates.before}`).toBeLessThanOrEqual(0.03)
  expect(Math.abs(share(rates.since) - 0.7), `since: ${rates.since}`).toBeLessThanOrEqual(0.07)
})

test('21: the usual dirt is there, and names with apostrophes, hyphens and two characters stand as written', async ({
  app,
  api,
  shot,
}) => {
  expect(await count(api, 'contact', '!has(email) || !has(phone)'), '14 %').toBe(210)
  expect(await count(api, 'contact', 'phones.exists(p, p.state == "wrong")')).toBe(23)
  expect(await count(api, 'contact', '!has(last_touch_at) || last_touch_at < now() - days(548)')).toBe(31)
  for (const name of ["O'Hara", "D'Angelo", 'Müller-Lüdenscheidt', '欧阳']) {
    const [contact] = await api.list('contacts', { filter: `last_name == ${JSON.stringify(name)}`, limit: '1' })
    expect(contact, name).toBeTruthy()
    await show(app, 'contacts', contact as Row)
    await expect(app.getByRole('heading', { level: 1 })).toContainText(name)
  }
  await shot('story-21-names')
})

test('22: four deals were won within seven days, one of them by 李婷, and the dashboard holds the month against the last', async ({
  app,
  api,
  shot,
}) => {
  const week = await api.list('deals', { filter: 'status == "won" && closed_at > now() - days(7)', sort: '-closed_at' })
  expect(week).toHaveLength(4)
  const hers = 'status == "won" && closed_at > now() - days(4) && owner.last_name == "Li"'
  expect(await count(api, 'deal', hers)).toBe(1)
  await open(app, '/dashboard')
  await expect(app.getByRole('link', { name: /^Won this month/ })).toContainText('on the same days of last month')
  await shot('story-22-dashboard')
  const win = await only(api, 'deals', hers)
  await open(app, `/o/deals?shape=table&filter=${encodeURIComponent('status == "won" && closed_at > now() - days(7)')}`)
  await expect(app.getByText(/^4 deals$/)).toBeVisible()
  await expect(app.getByRole('grid')).toContainText(String(win.name))
  await shot('story-22-week')
})
