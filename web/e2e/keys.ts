import type { Page } from '@playwright/test'
import type { Api, Row } from './api'
import { expect, fresh } from './test'

export const day = (ahead: number) =>
  new Date(Date.now() + ahead * 86_400_000).toLocaleDateString('en-CA', { timeZone: 'Europe/Rome' })

export const most = 80

/** Presses Tab until what has the focus is so named; says where it went when that never comes. */
export async function tabTo(page: Page, name: RegExp, key = 'Tab'): Promise<void> {
  const way: string[] = []
  for (let at = 0; at < most; at++) {
    await page.keyboard.press(key)
    const here = await page.evaluate(() => {
      const focused = document.activeElement as HTMLElement | null
      const label = focused?.id ? document.querySelector(`label[for="${CSS.escape(focused.id)}"]`)?.textContent : ''
      return [focused?.getAttribute('aria-label'), label, focused?.getAttribute('placeholder'), focused?.innerText]
        .filter(Boolean)
        .join(' | ')
    })
    way.push(here)
    if (name.test(here)) {
      await expectSeen(page)
      return
    }
  }
  throw new Error(`Tab never came to ${name}:\n${way.join('\n')}`)
}

/** What has the focus is on the screen, and nothing lies over it. */
async function expectSeen(page: Page): Promise<void> {
  const covered = await page.evaluate(() => {
    const focused = document.activeElement as HTMLElement
    const { left, top, width, height } = focused.getBoundingClientRect()
    const over = document.elementFromPoint(left + Math.min(width / 2, 12), top + height / 2)
    return over && (focused.contains(over) || over.contains(focused))
      ? ''
      : (over?.outerHTML.slice(0, 200) ?? 'nothing')
  })
  expect(covered, 'the focus can be seen').toBe('')
}

export async function firstStages(api: Api): Promise<[Row, Row]> {
  const pipelines = await api.list('pipelines', { sort: 'position', filter: 'active' })
  const pipeline = pipelines.find((candidate) => candidate.default === true) ?? pipelines[0]
  return (await api.list('stages', {
    filter: `pipeline == "${pipeline?.id}" && kind == "open" && active`,
    sort: 'position',
  })) as [Row, Row]
}

export const dealIn = (api: Api, stage: Row, word: string) =>
  api.send('POST', 'deals', {
    name: fresh(word),
    stage: stage.id,
    amount: { amount: '1000.00', currency: 'EUR' },
    expected_close: day(20),
    next_step: 'Ring them',
  })

/** Walks an open menu to one of its items. */
export async function choose(page: Page, name: string): Promise<void> {
  const item = page.getByRole('menuitem', { name, exact: true })
  await item.waitFor()
  for (let at = 0; at < most && !(await item.evaluate((one) => one === document.activeElement)); at++)
    await page.keyboard.press('ArrowDown')
  await expect(item).toBeFocused()
  await page.keyboard.press('Enter')
}

/** From the search box of the board to its only card. */
export async function toCard(page: Page, deal: Row): Promise<void> {
  const search = page.getByLabel('Search this list')
  if (!(await search.evaluate((box) => box === document.activeElement))) await page.keyboard.press('/')
  await expect(search).toBeFocused()
  const link = page.locator(`[data-card="${deal.id}"] a`)
  for (let at = 0; at < most && !(await link.evaluate((card) => card === document.activeElement)); at++)
    await page.keyboard.press('Tab')
  await expect(link).toBeFocused()
}
