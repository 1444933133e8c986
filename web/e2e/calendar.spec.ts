import { expect, fresh, test } from './test'

const day = (ahead: number) =>
  new Date(Date.now() + ahead * 86_400_000).toLocaleDateString('en-CA', { timeZone: 'Europe/Rome' })

test('the calendar shows days, weeks and months, and an appointment is moved by drag and by keyboard', async ({
  app,
  api,
  shot,
}) => {
  const task = await api.send('POST', 'activities', { kind: 'task', subject: fresh('Fiera'), due_on: day(0) })
  await api.send('POST', 'activities', {
    kind: 'meeting',
    subject: fresh('Visita'),
    starts_at: `${day(0)}T09:00:00Z`,
    duration_minutes: 90,
  })
  await app.goto('/calendar')
  await expect(app.getByRole('button', { name: 'Week', pressed: true })).toBeVisible()
  await expect(app.getByRole('link', { name: new RegExp(String(task.subject)) })).toBeVisible()
  await shot('calendar-week')
  await app.keyboard.press('m')
  await expect(app).toHaveURL(/shape=month/)
  const link = app.getByRole('link', { name: new RegExp(String(task.subject)) })
  await link.focus()
  await app.keyboard.press('Alt+ArrowDown')
  await expect.poll(async () => (await api.one('activities', task.id)).due_on).toBe(day(7))
  await shot('calendar-month')
  await app.goto(`/calendar?shape=month&from=${day(7)}`)
  const target = new Date(`${day(7)}T12:00:00Z`).getUTCDay() === 0 ? day(6) : day(8)
  const cell = app.locator('section').filter({ has: app.locator('button') })
  const long = new Intl.DateTimeFormat('en-GB', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  }).format(new Date(`${target}T12:00:00Z`))
  await link.dragTo(cell.and(app.getByRole('region', { name: long, exact: true })))
  await expect.poll(async () => (await api.one('activities', task.id)).due_on).toBe(target)
  await app.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(async () => (await api.one('activities', task.id)).due_on).toBe(day(7))
})

test('a phone begins with the agenda and has day and month', async ({ app, shot }) => {
  await app.setViewportSize({ width: 390, height: 844 })
  await app.goto('/calendar')
  await expect(app.getByRole('button', { name: 'Agenda', pressed: true })).toBeVisible()
  await app.getByRole('button', { name: 'Month', exact: true }).click()
  await shot('calendar-month-phone')
  await app.getByRole('button', { name: 'Day', exact: true }).click()
  await expect(app).toHaveURL(/shape=day/)
  await shot('calendar-day-phone')
  const wide = await app.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  expect(wide).toBe(0)
})

test('a task that repeats plans its next time when it is done', async ({ app, api }) => {
  const company = await api.send('POST', 'companies', { name: fresh('Ricorrente') })
  await app.goto(`/o/companies/${company.id}`)
  await app.getByRole('button', { name: 'Task', exact: true }).click()
  await app.getByPlaceholder('What is to be done?').fill('Look at the alarms')
  await app.getByLabel('Repeats').selectOption('FREQ=WEEKLY')
  await app.keyboard.press('Control+Enter')
  const open = () => api.list('activities', { filter: `"${company.id}" in about && status in ["open", "overdue"]` })
  await expect.poll(async () => (await open()).map((item) => item.due_on)).toEqual([day(1)])
  await app.getByRole('region', { name: 'Next step' }).getByRole('button', { name: 'Mark done' }).click()
  await expect.poll(async () => (await open()).map((item) => item.due_on)).toEqual([day(8)])
})
