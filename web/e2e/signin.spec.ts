import { expect, test } from './test'

test('someone who is not signed in is asked, and comes back to where they wanted to be', async ({ page }) => {
  await page.goto('/o/companies?view=customers')
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  await page.screenshot({ path: 'test-results/shots/sign-in.png' })
  await page.getByRole('region', { name: 'Sample company' }).getByRole('button').first().click()
  await expect(page).toHaveURL(/\/o\/companies\?view=customers/)
  await expect(page.getByRole('grid', { name: 'Companies' })).toBeVisible()
})

test('a wrong password is told without saying which of the two was wrong', async ({ page }) => {
  await page.goto('/sign-in')
  await page.getByLabel('E-mail').fill('nobody@fratellidolce.example')
  await page.getByLabel('Password', { exact: true }).fill('certainly not this')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('alert')).toHaveText('E-mail or password is wrong.')
})

test('signing out ends the session', async ({ app }) => {
  await app.goto('/')
  await app.getByRole('button', { name: /^Account of/ }).click()
  await app.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(app.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  await app.goto('/o/deals')
  await expect(app.getByRole('heading', { name: 'Sign in' })).toBeVisible()
})

test('whose session ended signs in again and is where he was, however many requests were refused', async ({
  app,
  api: _,
}) => {
  await app.goto('/settings')
  await app.getByRole('heading', { level: 1, name: 'Settings' }).waitFor()
  await app.context().clearCookies()
  // By keys: a pointer over the link asks ahead, and may be sent to sign in before it clicks.
  await app.keyboard.press('g')
  await app.keyboard.press('r')
  await expect(app).toHaveURL(/\/sign-in/)
  await app.getByRole('heading', { name: 'Sign in' }).waitFor()
  expect(new URL(app.url()).searchParams.get('to') ?? '').not.toContain('sign-in')
  await app.getByLabel('E-mail').fill('nadia.ricci@fratellidolce.example')
  await app.getByLabel('Password', { exact: true }).fill('gelato-in-trento')
  await app.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(app.getByRole('heading', { level: 1, name: 'Sales' })).toBeVisible()
  await expect(app).toHaveURL(/\/dashboard$/)
})
