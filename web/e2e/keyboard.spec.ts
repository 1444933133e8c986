import type { Row } from './api'
import { choose, day, dealIn, firstStages, most, tabTo, toCard } from './keys'
import { expect, fresh, test, toast } from './test'

/** No test here has a mouse: whoever cannot use one does the whole day by keys. */

test('a deal is found, moved to another stage, put back and won', async ({ app, api }) => {
  const [first, second] = await firstStages(api)
  const deal = await dealIn(api, first, 'Keys only')
  await app.goto('/')
  await app.getByRole('heading', { level: 1, name: 'Today' }).waitFor()
  await app.keyboard.press('g')
  await app.keyboard.press('d')
  await app.getByRole('heading', { level: 1, name: 'Deals' }).waitFor()
  await expect(app.locator('[data-card]').first()).toBeVisible()
  await app.keyboard.press('/')
  await app.keyboard.type(String(deal.name))
  await expect(app.locator('[data-card]')).toHaveCount(1)
  await toCard(app, deal)
  await app.keyboard.press('Shift+ArrowRight')
  await expect.poll(async () => (await api.one('deals', deal.id)).stage).toBe(second.id)
  await expect(app.locator(`[data-card="${deal.id}"] a`)).toBeFocused()
  await expect(toast(app).getByRole('button', { name: 'Undo' })).toBeVisible()
  await app.keyboard.press('Control+z')
  await expect.poll(async () => (await api.one('deals', deal.id)).stage).toBe(first.id)
  await expect(app.locator(`[data-column="${first.id}"] [data-card="${deal.id}"] a`)).toBeFocused()
  await app.keyboard.press('m')
  await expect(app.getByRole('menu')).toBeVisible()
  await choose(app, String(second.name))
  await expect.poll(async () => (await api.one('deals', deal.id)).stage).toBe(second.id)
  await expect(app.locator(`[data-column="${second.id}"] [data-card="${deal.id}"] a`)).toBeFocused()
  await app.keyboard.press('m')
  await expect(app.getByRole('menu')).toBeVisible()
  await choose(app, 'Won')
  const dialog = app.getByRole('dialog', { name: `Won: ${deal.name}` })
  await dialog.waitFor()
  await tabTo(app, /^Won$/)
  await app.keyboard.press('Enter')
  await expect.poll(async () => (await api.one('deals', deal.id)).status).toBe('won')
})

test('a record is found by the palette, a call logged on it and the next step planned', async ({ app, api }) => {
  const company = await api.send('POST', 'companies', { name: fresh('Tasti Gelati') })
  await app.goto('/')
  await app.getByRole('heading', { level: 1, name: 'Today' }).waitFor()
  await app.keyboard.press('Control+k')
  await app.getByRole('combobox').waitFor()
  await app.keyboard.type(String(company.name))
  await expect(app.getByRole('option', { name: new RegExp(String(company.name)) })).toBeVisible()
  await app.keyboard.press('Enter')
  await app.getByRole('heading', { level: 1, name: String(company.name) }).waitFor()
  await app.getByPlaceholder('Write a note').waitFor()
  await app.keyboard.press('l')
  await expect(app.getByPlaceholder('What was said?')).toBeFocused()
  await app.keyboard.type('They want two cabinets.')
  await tabTo(app, /Outcome/)
  await app.keyboard.type('Conn')
  await app.keyboard.press('Control+Enter')
  await expect(toast(app)).toContainText('logged')
  await expect(app.getByRole('textbox', { name: 'Next step' })).toBeFocused()
  await app.keyboard.type('Send the quote')
  await app.keyboard.press('Enter')
  await expect(toast(app)).toContainText('Next step planned')
  const [call] = await api.list('activities', { filter: `"${company.id}" in about && kind == "call"` })
  expect(call?.outcome).toBe('connected')
  await expect
    .poll(async () => (await api.list('activities', { filter: `"${company.id}" in about && status == "open"` })).length)
    .toBe(1)
})

test('fields of a record are changed in place, an empty one filled, and the focus stays', async ({ app, api }) => {
  const [first] = await firstStages(api)
  const deal = await dealIn(api, first, 'Edited by keys')
  await app.goto(`/o/deals/${deal.id}`)
  await app.getByRole('heading', { level: 1, name: String(deal.name) }).waitFor()
  await tabTo(app, /^Edit Amount$/)
  await app.keyboard.press('Enter')
  await expect(app.getByRole('textbox', { name: 'Amount', exact: true })).toBeFocused()
  await app.keyboard.press('Control+a')
  await app.keyboard.type('2500')
  await app.keyboard.press('Enter')
  await expect.poll(async () => (await api.one('deals', deal.id)).amount).toMatchObject({ amount: '2500.00' })
  await expect(app.getByRole('button', { name: 'Edit Amount', exact: true })).toBeFocused()
  await tabTo(app, /^Edit Expected close$/)
  await app.keyboard.press('Enter')
  await app.keyboard.press('Control+a')
  await app.keyboard.type('+30')
  await app.keyboard.press('Enter')
  await expect.poll(async () => (await api.one('deals', deal.id)).expected_close).toBe(day(30))
  await tabTo(app, /^Edit Next step$/)
  await app.keyboard.press('Enter')
  await app.keyboard.press('Control+a')
  await app.keyboard.press('Delete')
  await app.keyboard.press('Escape')
  expect((await api.one('deals', deal.id)).next_step, 'Escape changes nothing').toBe('Ring them')
  await tabTo(app, /empty fields/)
  await app.keyboard.press('Enter')
  await tabTo(app, /^Add Source detail/)
  await app.keyboard.press('Enter')
  await expect(app.getByRole('textbox', { name: 'Source detail' })).toBeFocused()
  await app.keyboard.type('Rimini, hall 4')
  await app.keyboard.press('Enter')
  await expect.poll(async () => (await api.one('deals', deal.id)).source_detail).toBe('Rimini, hall 4')
  await expect(app.getByRole('button', { name: 'Edit Source detail' })).toBeFocused()
})

test('a cell of a list is changed and the record opened', async ({ app, api }) => {
  const company = await api.send('POST', 'companies', { name: fresh('Celle Gelati'), employees: 4 })
  await app.goto(`/o/companies?q=${encodeURIComponent(String(company.name))}`)
  await expect(app.getByRole('link', { name: String(company.name) })).toBeVisible()
  await app.keyboard.press('/')
  for (let at = 0; at < most; at++) {
    await app.keyboard.press('Tab')
    if (await app.getByRole('grid').evaluate((grid) => grid === document.activeElement)) break
  }
  await expect(app.getByRole('grid')).toBeFocused()
  await app.keyboard.press(' ')
  await expect(app.getByRole('complementary', { name: String(company.name) })).toBeVisible()
  await app.keyboard.press('Escape')
  await expect(app.getByRole('complementary', { name: String(company.name) })).toBeHidden()
  await app.keyboard.press('Shift+Enter')
  await app.getByRole('heading', { level: 1, name: String(company.name) }).waitFor()
})

test('a lead becomes a contact, a company and a deal', async ({ app, api }) => {
  const lead = await api.send('POST', 'leads', {
    first_name: 'Carla',
    last_name: fresh('Tastini'),
    company_name: fresh('Tastini Celle'),
    email: `${Date.now()}@tastini.example`,
  })
  await app.goto(`/o/leads/${lead.id}`)
  await app.getByRole('heading', { level: 1 }).waitFor()
  await tabTo(app, /^Convert$/)
  await app.keyboard.press('Enter')
  await app.getByRole('dialog').waitFor()
  await tabTo(app, /^Amount/)
  await app.keyboard.type('12.5k')
  await tabTo(app, /^Convert$/)
  await app.keyboard.press('Enter')
  await expect(app).toHaveURL(/\/o\/deals\//)
  expect((await api.one('leads', lead.id)).status).toBe('converted')
})

test('a task is planned, put off, done and taken back from Today', async ({ app, api }) => {
  const task = await api.send('POST', 'activities', { kind: 'task', subject: fresh('Ring by keys'), due_on: day(0) })
  await app.goto('/')
  await app.getByRole('heading', { level: 1, name: 'Today' }).waitFor()
  await expect(app.getByRole('link', { name: String(task.subject) })).toBeVisible()
  await tabTo(app, new RegExp(`Put off “${task.subject}”`))
  await app.keyboard.press('Enter')
  await expect(app.getByRole('menuitem', { name: 'Tomorrow' })).toBeFocused()
  await app.keyboard.press('Enter')
  await expect.poll(async () => (await api.one('activities', task.id)).due_on).toBe(day(1))
  await expect(toast(app).getByRole('button', { name: 'Undo' })).toBeVisible()
  await app.keyboard.press('Control+z')
  await expect.poll(async () => (await api.one('activities', task.id)).due_on).toBe(day(0))
  await expect(app.getByRole('button', { name: `Mark “${task.subject}” done` })).toBeVisible()
  await tabTo(app, new RegExp(`Mark “${task.subject}” done`))
  await app.keyboard.press('Enter')
  await expect.poll(async () => (await api.one('activities', task.id)).status).toBe('done')
  await expect(toast(app).getByRole('button', { name: 'Undo' })).toBeVisible()
  await app.keyboard.press('F8')
  await expect(toast(app).getByRole('button', { name: 'Undo' })).toBeFocused()
  await app.keyboard.press('Enter')
  await expect.poll(async () => (await api.one('activities', task.id)).status).not.toBe('done')
})

test('a contact is made with C and opened', async ({ app, api }) => {
  const last = fresh('Tastoni')
  await app.goto('/o/contacts')
  await app.getByRole('grid').waitFor()
  await app.keyboard.press('c')
  await app.getByRole('dialog').waitFor()
  await expect(app.getByRole('dialog').getByLabel('First name')).toBeFocused()
  await app.keyboard.type('Piera')
  await tabTo(app, /^Last name/)
  await app.keyboard.type(last)
  await app.keyboard.press('Control+Enter')
  await expect(app.getByRole('dialog')).toBeHidden()
  const [made] = await api.list('contacts', { filter: `last_name == "${last}"` })
  expect(made?.first_name).toBe('Piera')
})

test('what is undone before its answer has come is undone as soon as it is there', async ({ app, api }) => {
  const [first, second] = await firstStages(api)
  const deal = await dealIn(api, first, 'Taken back early')
  await app.goto(`/o/deals?q=${encodeURIComponent(String(deal.name))}`)
  await expect(app.locator('[data-card]')).toHaveCount(1)
  await app.route(`**/api/v1/deals/${deal.id}`, async (route) => {
    if (route.request().method() === 'PATCH') await new Promise((resolve) => setTimeout(resolve, 700))
    await route.continue()
  })
  await toCard(app, deal)
  await app.keyboard.press('Shift+ArrowRight')
  await expect(app.locator(`[data-column="${second.id}"] [data-card="${deal.id}"]`)).toBeVisible()
  await app.keyboard.press('Control+z')
  await expect(toast(app)).toContainText('Undone')
  expect((await api.one('deals', deal.id)).stage).toBe(first.id)
  await expect(app.locator(`[data-column="${first.id}"] [data-card="${deal.id}"]`)).toBeVisible()
})

test('the focus stays on a card that goes by key, by its menu, and back by undo', async ({ app, api }) => {
  const [first, second] = await firstStages(api)
  const deal = await dealIn(api, first, 'Held card')
  await app.goto(`/o/deals?q=${encodeURIComponent(String(deal.name))}`)
  await expect(app.locator('[data-card]')).toHaveCount(1)
  await toCard(app, deal)
  const isAt = async (stage: Row) => {
    await expect.poll(async () => (await api.one('deals', deal.id)).stage).toBe(stage.id)
    await app.waitForLoadState('networkidle')
    await expect(app.locator(`[data-column="${stage.id}"] [data-card="${deal.id}"] a`)).toBeFocused()
  }
  await app.keyboard.press('Shift+ArrowRight')
  await isAt(second)
  await app.keyboard.press('Control+z')
  await isAt(first)
  await app.keyboard.press('m')
  await choose(app, String(second.name))
  await isAt(second)
  await app.keyboard.press('F8')
  await expect(toast(app).getByRole('button', { name: 'Undo' })).toBeFocused()
  await app.keyboard.press('Enter')
  await isAt(first)
})

test('the cursor stays on the row that was changed, also when the order puts it elsewhere', async ({ app, api }) => {
  const word = fresh('Cursor')
  for (const employees of [10, 20, 30]) await api.send('POST', 'companies', { name: `${word} ${employees}`, employees })
  await app.goto(`/o/companies?q=${encodeURIComponent(word)}&sort=employees&columns=name,employees`)
  const grid = app.getByRole('grid')
  await expect(app.locator('[data-index]')).toHaveCount(3)
  const current = () =>
    grid.evaluate((box) =>
      document
        .getElementById(box.getAttribute('aria-activedescendant') ?? '')
        ?.closest('[data-index]')
        ?.textContent?.replace(/\s+/g, ' '),
    )
  await app.keyboard.press('/')
  for (let at = 0; at < most && !(await grid.evaluate((box) => box === document.activeElement)); at++)
    await app.keyboard.press('Tab')
  await app.keyboard.press('ArrowRight')
  await app.keyboard.press('Enter')
  await app.getByRole('textbox', { name: 'Employees' }).fill('99')
  await app.keyboard.press('Enter')
  await expect(app.locator('[data-index="2"]')).toContainText(`${word} 10`)
  await expect(grid).toBeFocused()
  expect(await current()).toContain(`${word} 10`)
  await app.keyboard.press('Control+z')
  await expect(app.locator('[data-index="0"]')).toContainText(`${word} 10`)
  await expect(grid).toBeFocused()
  expect(await current()).toContain(`${word} 10`)
})

test('a key pressed before what it opens has loaded is not lost', async ({ app, api }) => {
  const company = await api.send('POST', 'companies', { name: fresh('Early Gelati') })
  let held = 0
  await app.route('**/assets/*.js', async (route) => {
    const answer = await route.fetch()
    if ((await answer.text()).includes('legame.draft.')) {
      held++
      await new Promise((resolve) => setTimeout(resolve, 1500))
    }
    await route.fulfill({ response: answer })
  })
  await app.goto(`/o/companies/${company.id}`)
  await app.getByRole('heading', { level: 1, name: String(company.name) }).waitFor()
  await expect(app.getByPlaceholder('Write a note')).toBeHidden()
  await app.keyboard.press('l')
  await expect(app.getByPlaceholder('What was said?')).toBeFocused()
  expect(held, 'the composer came late').toBe(1)
  await app.unrouteAll({ behavior: 'ignoreErrors' })
})

test('the first tab out of what one writes goes on to its details, on a slow machine too', async ({ app, api }) => {
  const company = await api.send('POST', 'companies', { name: fresh('Slow Gelati') })
  await app.goto(`/o/companies/${company.id}`)
  await app.getByPlaceholder('Write a note').waitFor()
  const machine = await app.context().newCDPSession(app)
  await machine.send('Emulation.setCPUThrottlingRate', { rate: 8 })
  await app.keyboard.press('l')
  await expect(app.getByPlaceholder('What was said?')).toBeFocused()
  await app.keyboard.type('They want it')
  await app.keyboard.press('Tab')
  await expect(app.getByRole('button', { name: 'Log', exact: true })).toBeFocused()
})

test('a name that is pasted is chosen by Enter as a typed one is, also on a slow line', async ({ app, api }) => {
  const [first] = await firstStages(api)
  const deal = await dealIn(api, first, 'Linked by keys')
  const [held, other, third] = [
    await api.send('POST', 'companies', { name: fresh('Held Gelati') }),
    await api.send('POST', 'companies', { name: fresh('Other Gelati') }),
    await api.send('POST', 'companies', { name: fresh('Third Gelati') }),
  ]
  await api.send('PATCH', `deals/${deal.id}`, { company: held.id })
  const company = async () => (await api.one('deals', deal.id)).company
  await app.route('**/api/v1/search', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 800))
    await route.continue()
  })
  await app.goto(`/o/deals/${deal.id}`)
  await app.getByRole('heading', { level: 1, name: String(deal.name) }).waitFor()
  const edit = async () => {
    await app.getByRole('button', { name: 'Edit Company', exact: true }).focus()
    await app.keyboard.press('Enter')
    const box = app.getByRole('combobox', { name: 'Company' })
    await expect(box).toBeFocused()
    await app.keyboard.press('Control+a')
    return box
  }
  const isMarked = (name: unknown) =>
    expect(app.getByRole('option', { name: String(name) })).toHaveAttribute('aria-selected', 'true')

  await (await edit()).fill(String(other.name))
  await isMarked(other.name)
  await app.keyboard.press('Enter')
  await expect.poll(company).toBe(other.id)

  await edit()
  await app.keyboard.type(String(third.name))
  await isMarked(third.name)
  await app.keyboard.press('Enter')
  await expect.poll(company).toBe(third.id)

  await (await edit()).fill(String(held.name))
  await isMarked(held.name)
  await app.keyboard.press('Escape')
  await expect(app.getByRole('button', { name: 'Edit Company', exact: true })).toBeFocused()
  await app.unrouteAll({ behavior: 'ignoreErrors' })
  expect(await company(), 'Escape changes nothing').toBe(third.id)
})

test('several links are typed one after the other, each chosen by Enter', async ({ app, api }) => {
  const names = [fresh('Gelato'), fresh('Granita'), fresh('Sorbetto')]
  const tags = await Promise.all(names.map((name) => api.send('POST', 'tags', { name })))
  const company = await api.send('POST', 'companies', { name: fresh('Tagged Gelati'), tags: [tags[0]?.id] })
  await app.goto(`/o/companies/${company.id}`)
  await app.getByRole('heading', { level: 1, name: String(company.name) }).waitFor()
  await tabTo(app, /^Edit Tags/)
  await app.keyboard.press('Enter')
  await expect(app.getByRole('combobox', { name: 'Tags' })).toBeFocused()
  for (const name of names.slice(1)) {
    await app.keyboard.type(name)
    await expect(app.getByRole('option', { name })).toHaveAttribute('aria-selected', 'true')
    await app.keyboard.press('Enter')
  }
  await app.keyboard.press('Control+Enter')
  await expect
    .poll(async () => [...((await api.one('companies', company.id)).tags as string[])].sort())
    .toEqual(tags.map((tag) => tag.id).sort())
})
