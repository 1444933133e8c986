import type { Browser, Locator, Page, Request, Response } from '@playwright/test'
import { Api, type Row } from './api'
import { drag } from './drag'
import { expect } from './test'
import type { Server } from './server'

/** Numbers that are the same for the same seed. */
export function dice(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** A write that the server has taken. */
export interface Done {
  by: string
  deal: string
  field: string
  /** What stood on the screen when it began; undefined where that cannot be told. */
  seen: string | undefined
  /** What was written; undefined where the page chose the form. */
  wrote: string | undefined
  correlation: string
  /** Both values were shown, and this one was chosen. */
  chosen: boolean
}

interface Seen {
  id: string
  column: string
}

/** Somebody at work: a board that stays open all the time, and a page for one deal after the other. */
export class Person {
  done: Done[] = []
  calls: { deal: string; text: string; correlation: string }[] = []
  undone: string[] = []
  conflicts = 0
  journal: string[] = []
  private last: { page: Page; undo: string } | null = null

  private constructor(
    readonly name: string,
    readonly api: Api,
    readonly board: Page,
    readonly sheet: Page,
    private readonly random: () => number,
  ) {}

  static async at(browser: Browser, server: Server, role: string, seed: number): Promise<Person> {
    const options = {
      baseURL: server.url,
      viewport: { width: 1440, height: 900 },
      locale: 'en-GB',
      timezoneId: 'Europe/Rome',
      serviceWorkers: 'block' as const,
    }
    const context = await browser.newContext(options)
    const api = new Api(context.request, server.url)
    await api.signIn(role)
    await api.send('PATCH', 'session', { language: 'en', locale: 'en-GB', preferences: { 'list.deal': null } })
    const session = (await (await context.request.get(`${server.url}/api/v1/session`)).json()) as { user: Row }
    // A window each: a page behind another one would not be drawn.
    const beside = await browser.newContext({ ...options, storageState: await context.storageState() })
    const [board, sheet] = [await context.newPage(), await beside.newPage()]
    for (const page of [board, sheet]) page.setDefaultTimeout(60_000)
    await board.addInitScript(rememberPicked)
    return new Person(String(session.user.name), api, board, sheet, dice(seed))
  }

  async leave(): Promise<void> {
    await this.board.context().close()
    await this.sheet.context().close()
  }

  private pick<T>(from: T[]): T | undefined {
    return from[Math.floor(this.random() * from.length)]
  }

  private note(what: string): void {
    this.journal.push(`${new Date().toISOString().slice(11, 23)} ${this.name}: ${what}`)
  }

  /** One thing that one does on a pipeline, by the dice. */
  async act(deals: Row[], columns: string[]): Promise<void> {
    const chance = this.random()
    if (chance < 0.4) await this.move(columns)
    else if (chance < 0.65) await this.edit(this.pick(deals))
    else if (chance < 0.8) await this.call(this.pick(deals))
    else await this.takeBack()
  }

  /** Drags a card to another column, or moves it by key. */
  async move(columns: string[], only?: Row): Promise<void> {
    const all = await this.board.locator('[data-card]').evaluateAll(places)
    const standing = all.filter((card) => !only || card.id === only.id)
    const from = this.pick(standing)
    const to = this.pick(columns.filter((column) => column !== from?.column))
    if (!from || !to) return
    const { id } = from
    await this.dismiss(this.board)
    const card = this.board.locator(`[data-card="${id}"]`)
    const answer = answered(this.board, 'PATCH', '/deals/')
    const byKey = this.random() < 0.4
    const key = columns.indexOf(to) > columns.indexOf(from.column) ? 'Shift+ArrowRight' : 'Shift+ArrowLeft'
    await this.board.evaluate(() => delete (globalThis as Picked).picked)
    if (byKey) {
      await card.getByRole('link').first().focus()
      await this.board.keyboard.press(key)
    } else {
      await drag(this.board, card, this.board.locator(`[data-column="${to}"]`), { x: 120, y: 400 })
    }
    const picked = await this.board.evaluate(() => (globalThis as Picked).picked)
    this.note(`${byKey ? key : `drag to ${to}`} of ${picked?.id} from ${picked?.column}`)
    await this.settle(this.board, await answer(), { deal: picked?.id ?? id, field: 'stage', seen: picked?.column })
  }

  /** Types into a field of a deal's page, as slowly as a person, so that news arrives meanwhile. */
  async edit(deal: Row | undefined): Promise<void> {
    if (!deal) return
    await this.openSheet(deal)
    const [label, name] = this.random() < 0.6 ? (['Next step', 'next_step'] as const) : (['Amount', 'amount'] as const)
    await this.dismiss(this.sheet)
    await this.sheet
      .getByRole('button', { name: `Edit ${label}`, exact: true })
      .first()
      .click()
    // After a call the next step is asked for as well, in a field of the same name.
    const input = this.sheet
      .getByRole('textbox', { name: label, exact: true })
      .and(this.sheet.locator(':not([placeholder])'))
    const seen = await input.inputValue()
    const wrote =
      name === 'amount'
        ? String(1000 + Math.floor(this.random() * 90_000))
        : `${this.name.split(' ')[0]} rings ${Math.floor(this.random() * 1e6)}`
    await input.fill('')
    await input.pressSequentially(wrote, { delay: 15 })
    await expect(input, 'what one types stays').toHaveValue(wrote)
    const answer = answered(this.sheet, 'PATCH', `/deals/${deal.id}`)
    await input.press('Enter')
    this.note(`${label} of ${deal.id}: ${seen} → ${wrote}`)
    await this.settle(this.sheet, await answer(), { deal: deal.id, field: name, seen, wrote })
  }

  async call(deal: Row | undefined): Promise<void> {
    if (!deal) return
    await this.openSheet(deal)
    const text = `${this.name.split(' ')[0]} spoke of ${Math.floor(this.random() * 1e9)}`
    await this.sheet.getByRole('group', { name: 'What to write' }).getByRole('button', { name: 'Call' }).click()
    const area = this.sheet.getByPlaceholder('What was said?')
    await area.pressSequentially(text, { delay: 8 })
    await expect(area, 'what one types stays').toHaveValue(text)
    const answer = answered(this.sheet, 'POST', '/activities')
    await this.sheet.keyboard.press('Control+Enter')
    const said = await answer()
    expect(said?.status(), `the call of ${this.name}`).toBe(201)
    const correlation = said?.headers()['x-correlation-id'] ?? ''
    this.calls.push({ deal: deal.id, text, correlation })
    this.last = { page: this.sheet, undo: correlation }
    this.note(`call on ${deal.id}: ${text}`)
    await expect(this.sheet.getByRole('article').filter({ hasText: text })).toBeVisible()
  }

  /** Undoes what one did last; that somebody has worked on since is left as it is, and told. */
  async takeBack(): Promise<void> {
    const { last } = this
    this.last = null
    if (!last) return
    const button = toast(last.page).getByRole('button', { name: 'Undo' })
    const answer = answered(last.page, 'POST', '/undo')
    // The message may be gone by now; what it offered is gone with it.
    const clicked = await button.click({ timeout: 500 }).then(
      () => true,
      () => false,
    )
    if (!clicked) return
    const said = await answer()
    this.note(`undo of ${last.undo}: ${said?.status()}`)
    if (said?.status() === 200) {
      this.undone.push(last.undo)
      await expect(toast(last.page)).toContainText('Undone')
    } else await expect(toast(last.page)).toBeVisible()
  }

  async openSheet(deal: Row): Promise<void> {
    if (this.sheet.url().includes(`/o/deals/${deal.id}`)) return
    await this.sheet.goto(`/o/deals/${deal.id}`)
    await this.sheet.getByRole('heading', { level: 1, name: String(deal.name) }).waitFor()
    await this.sheet.getByRole('list', { name: 'Stage' }).waitFor()
  }

  /** What the server made of a write: taken, or both values shown and one of them chosen. */
  private async settle(
    page: Page,
    answer: Response | null,
    write: { deal: string; field: string; seen?: string; wrote?: string },
    chosen = false,
  ): Promise<void> {
    if (!answer) return
    if (answer.status() === 200) {
      const correlation = answer.headers()['x-correlation-id'] ?? ''
      const wrote = write.field === 'stage' ? (((await answer.json()) as Row).stage as string) : write.wrote
      this.done.push({ by: this.name, seen: undefined, ...write, wrote, correlation, chosen })
      this.last = { page, undo: correlation }
      return
    }
    expect(answer.status(), `${this.name} writes ${write.field}: ${await answer.text()}`).toBe(409)
    this.conflicts++
    const dialog = page.getByRole('dialog')
    await expect(dialog, 'who was first is told').toContainText('changed this field after you had opened it')
    const keepMine = this.random() < 0.5
    this.note(`conflict in ${write.field} of ${write.deal}, keeps ${keepMine ? 'mine' : 'theirs'}`)
    const again = keepMine ? answered(page, 'PATCH', `/deals/${write.deal}`) : null
    await dialog.getByRole('button', { name: keepMine ? 'Save mine' : 'Keep theirs' }).click()
    await expect(dialog).toBeHidden()
    // Somebody may have written once more meanwhile: that is the next conflict.
    if (again) await this.settle(page, await again(), write, true)
  }

  private async dismiss(page: Page): Promise<void> {
    const close = toast(page).getByRole('button', { name: 'Close message' })
    if (await close.isVisible()) await close.click({ timeout: 1000 }).catch(() => undefined)
  }
}

const toast = (page: Page): Locator =>
  page.getByRole('status').filter({ has: page.getByRole('button', { name: 'Close message' }) })

/** A page sends what it sends soon after it was told to, also on a busy machine. */
const soon = 2500

/** Waits for the answer to the first such request from now on; it is null when the page finds nothing to send. */
function answered(page: Page, method: string, path: string): () => Promise<Response | null> {
  let asked: Request | null = null
  const hear = (request: Request) => {
    if (request.method() === method && new URL(request.url()).pathname.includes(path)) asked ??= request
  }
  page.on('request', hear)
  return async () => {
    for (const until = Date.now() + soon; !asked && Date.now() < until; ) await page.waitForTimeout(20)
    page.off('request', hear)
    return asked ? await asked.response() : null
  }
}

type Picked = typeof globalThis & { picked?: Seen }

const places = (cards: Element[]): Seen[] =>
  cards.map((card) => ({
    id: (card as HTMLElement).dataset.card ?? '',
    column: card.closest<HTMLElement>('[data-column]')?.dataset.column ?? '',
  }))

/** Keeps in the page which card was picked up last, by hand or by key, and in which column it stood then. */
function rememberPicked(): void {
  const remember = (event: Event) => {
    const card = (event.target as Element).closest<HTMLElement>('[data-card]')
    const column = card?.closest<HTMLElement>('[data-column]')
    if (card?.dataset.card && column?.dataset.column)
      (globalThis as Picked).picked = { id: card.dataset.card, column: column.dataset.column }
  }
  addEventListener('dragstart', remember, true)
  addEventListener('keydown', remember, true)
}
