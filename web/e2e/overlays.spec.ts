import type { Page } from '@playwright/test'
import type { Api } from './api'
import { askingFor } from './asking'
import { schemes, violations, widths } from './axe'
import { expect, fresh, test } from './test'

interface Overlay {
  name: string
  /** Where there is such a thing only on a desk, or only on a phone. */
  only?: 'desk' | 'phone'
  open: (app: Page, api: Api) => Promise<unknown>
}

const dialog = (app: Page) => app.getByRole('dialog').first().waitFor()
const menu = (app: Page) => app.getByRole('menu').first().waitFor()
const button = (app: Page, name: string | RegExp, exact = true) => app.getByRole('button', { name, exact }).first()

async function openDeal(app: Page, api: Api): Promise<void> {
  const [deal] = await api.list('deals', { filter: 'status == "open" && has(amount)', limit: '1' })
  await app.goto(`/o/deals/${deal?.id}`)
  await app.locator('[aria-current=step]').waitFor()
}

async function list(app: Page): Promise<void> {
  await app.goto('/o/companies')
  await app.getByRole('grid').locator('[data-index]').first().waitFor()
}

async function settings(app: Page, page: string): Promise<void> {
  await app.goto(`/settings/${page}`)
  await app.getByRole('heading', { level: 1 }).waitFor()
  await app.waitForTimeout(500)
}

async function choose(app: Page, item: string | RegExp): Promise<void> {
  await app
    .getByRole('button', { name: /^Actions for/ })
    .first()
    .click()
  await app.getByRole('menuitem', { name: item }).first().click()
  await dialog(app)
}

const overlays: Overlay[] = [
  {
    name: 'deal-lines',
    open: async (app, api) => {
      const [line] = await api.list('deal_lines', { limit: '1' })
      await app.goto(`/o/deals/${line?.deal}`)
      await button(app, 'Lines').click()
      await app.getByText('The amount follows the lines.').or(app.getByText('was set by hand')).waitFor()
    },
  },
  {
    name: 'create',
    open: async (app) => {
      await app.goto('/o/companies')
      await app.getByRole('heading', { level: 1 }).waitFor()
      await app.waitForTimeout(800)
      await app.keyboard.press('c')
      await dialog(app)
    },
  },
  {
    name: 'filter',
    open: async (app) => {
      await app.goto('/o/companies')
      await app.getByRole('heading', { level: 1 }).waitFor()
      await app.waitForTimeout(800)
      await app.keyboard.press('f')
      await app.getByLabel('Find a field').fill('country')
      await app.getByRole('dialog', { name: 'Filter' }).getByRole('button', { name: 'Country', exact: true }).click()
    },
  },
  {
    name: 'palette',
    open: async (app) => {
      await app.goto('/')
      await app.getByRole('heading').first().waitFor()
      await app.keyboard.press('Control+k')
      await app.getByRole('combobox').fill('gelat')
      await app.getByRole('option').first().waitFor()
    },
  },
  {
    name: 'help',
    open: async (app) => {
      await app.goto('/')
      await app.getByRole('heading').first().waitFor()
      await app.keyboard.press('?')
      await dialog(app)
    },
  },
  {
    name: 'card-menu',
    open: async (app) => {
      await app.goto('/o/deals')
      await app
        .getByRole('button', { name: /^Actions for/ })
        .first()
        .click()
      await menu(app)
    },
  },
  {
    name: 'won',
    open: async (app, api) => {
      await openDeal(app, api)
      await button(app, 'Won').click()
      await dialog(app)
    },
  },
  {
    name: 'lost',
    open: async (app, api) => {
      await openDeal(app, api)
      await button(app, 'Lost').click()
      await dialog(app)
    },
  },
  {
    name: 'convert',
    open: async (app, api) => {
      const [lead] = await api.list('leads', { filter: 'status == "new"', limit: '1' })
      await app.goto(`/o/leads/${lead?.id}`)
      await button(app, 'Convert').click()
      await dialog(app)
    },
  },
  {
    name: 'history',
    open: async (app, api) => {
      await openDeal(app, api)
      await button(app, /More actions|More/, false).click()
      await app.getByRole('menuitem', { name: 'History' }).click()
      await dialog(app)
    },
  },
  {
    name: 'record-menu',
    open: async (app, api) => {
      await openDeal(app, api)
      await button(app, /More actions|More/, false).click()
      await menu(app)
    },
  },
  {
    name: 'delete',
    open: async (app, api) => {
      const [company] = await api.list('companies', { sort: '-open_amount', limit: '1' })
      await app.goto(`/o/companies/${company?.id}`)
      await button(app, /More actions|More/, false).click()
      await app.getByRole('menuitem', { name: 'Delete' }).click()
      await dialog(app)
    },
  },
  {
    name: 'composer',
    open: async (app, api) => {
      await openDeal(app, api)
      await button(app, 'Call').click()
      await app.getByLabel('Outcome').waitFor()
    },
  },
  {
    name: 'inline-editor',
    only: 'desk',
    open: async (app, api) => {
      await openDeal(app, api)
      await button(app, 'Edit Amount').click()
      await app.getByRole('textbox', { name: 'Amount' }).first().waitFor()
    },
  },
  {
    name: 'date',
    only: 'desk',
    open: async (app, api) => {
      await openDeal(app, api)
      await button(app, 'Edit Expected close').click()
      await app.getByRole('dialog').or(app.locator('table')).first().waitFor()
    },
  },
  {
    name: 'add-person',
    only: 'desk',
    open: async (app, api) => {
      await openDeal(app, api)
      await button(app, 'Add a person').click()
      await app.getByRole('combobox', { name: 'Add a person' }).waitFor()
    },
  },
  {
    name: 'missing-fields',
    only: 'desk',
    open: async (app, api) => {
      const { deal } = await askingFor(api, ['amount', 'expected_close'])
      await app.goto(`/o/deals/${deal.id}`)
      await button(app, 'Second').click()
      await dialog(app)
    },
  },
  {
    name: 'bulk',
    only: 'desk',
    open: async (app) => {
      await list(app)
      await app.getByLabel('Select all').check()
      await button(app, 'Edit field').click()
      await dialog(app)
      await app.getByRole('dialog').getByLabel('Field').click()
      await app.getByRole('option', { name: 'Account tier' }).click()
    },
  },
  {
    name: 'bulk-bar',
    only: 'desk',
    open: async (app) => {
      await list(app)
      await app.getByLabel('Select all').check()
      await app.getByRole('toolbar', { name: 'With the selected records' }).waitFor()
    },
  },
  {
    name: 'sort-menu',
    only: 'desk',
    open: async (app) => {
      await list(app)
      await button(app, /^Sort|^Name/, false).click()
    },
  },
  {
    name: 'list-menu',
    only: 'desk',
    open: async (app) => {
      await list(app)
      await button(app, 'More list actions').click()
      await menu(app)
    },
  },
  {
    name: 'save-view',
    only: 'desk',
    open: async (app) => {
      await app.goto('/o/companies?filter=country+%3D%3D+%22IT%22')
      await button(app, 'Changed').click()
      await app.getByRole('menuitem', { name: 'Save as new view' }).click()
      await dialog(app)
    },
  },
  {
    name: 'peek',
    only: 'desk',
    open: async (app) => {
      await list(app)
      await app.getByRole('grid').focus()
      await app.keyboard.press('ArrowDown')
      await app.keyboard.press('Space')
      await app
        .getByRole('complementary')
        .or(app.getByRole('button', { name: 'Close' }))
        .first()
        .waitFor()
    },
  },
  {
    name: 'bell',
    only: 'desk',
    open: async (app) => {
      await app.goto('/')
      await button(app, /^Notifications|^Bell/, false).click()
      await app.waitForTimeout(600)
    },
  },
  {
    name: 'user-menu',
    only: 'desk',
    open: async (app) => {
      await app.goto('/')
      await button(app, /Nadia Ricci/, false).click()
      await menu(app)
    },
  },
  {
    name: 'languages',
    only: 'desk',
    open: async (app) => {
      await app.goto('/')
      await button(app, /^Language/, false).click()
      await menu(app)
    },
  },
  {
    name: 'more-sheet',
    only: 'phone',
    open: async (app) => {
      await app.goto('/')
      await button(app, 'Menu').click()
      await dialog(app)
    },
  },
  {
    name: 'invite',
    open: async (app) => {
      await settings(app, 'people')
      await button(app, 'Invite a colleague').click()
      await dialog(app)
    },
  },
  {
    name: 'hand-over',
    open: async (app) => {
      await settings(app, 'people')
      await choose(app, 'Deactivate')
    },
  },
  {
    name: 'option',
    open: async (app) => {
      await app.goto('/settings/choices?field=lead.source')
      await button(app, 'Add an option').click()
      await dialog(app)
    },
  },
  {
    name: 'pipeline',
    open: async (app) => {
      await settings(app, 'pipelines')
      await button(app, 'New pipeline').click()
      await dialog(app)
    },
  },
  {
    name: 'stage',
    open: async (app) => {
      await settings(app, 'pipelines')
      await button(app, 'Add a stage').click()
      await dialog(app)
    },
  },
  {
    name: 'team',
    open: async (app) => {
      await settings(app, 'teams')
      await button(app, 'New team').click()
      await dialog(app)
    },
  },
  {
    name: 'role',
    open: async (app) => {
      await settings(app, 'roles')
      await choose(app, 'Edit')
    },
  },
  {
    name: 'rights',
    open: async (app) => {
      await settings(app, 'roles?role=representative')
      await button(app, 'Fields of', false).click()
      await dialog(app)
    },
  },
  {
    name: 'remove-sample',
    open: async (app) => {
      await settings(app, 'sample')
      await app.getByRole('main').getByRole('button').last().click()
      await dialog(app)
    },
  },
  {
    name: 'import-mapping',
    open: async (app) => {
      await app.goto('/import')
      const csv = `Name,City,Colour\n${fresh('Gelateria')},Trento,blue\n`
      const file = { name: 'shops.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) }
      await app.locator('input[type=file]').first().setInputFiles(file)
      await app.getByRole('heading').first().waitFor()
      await app.waitForTimeout(1500)
    },
  },
  {
    name: 'toast',
    open: async (app, api) => {
      const task = await api.send('POST', 'activities', {
        kind: 'task',
        subject: fresh('Ring'),
        due_on: new Date().toISOString().slice(0, 10),
      })
      await app.goto('/')
      await app.getByRole('button', { name: `Mark “${task.subject}” done` }).click()
      await app.getByRole('button', { name: 'Undo' }).waitFor()
    },
  },
  {
    name: 'broken',
    open: async (app) => {
      await app.route(/\/api\/v1\/query/, (route) =>
        route.fulfill({
          status: 503,
          contentType: 'application/problem+json',
          body: '{"status":503,"code":"unavailable","title":"Busy","detail":"Busy"}',
        }),
      )
      await app.goto('/dashboard')
      await app.getByRole('alert').first().waitFor()
    },
  },
]

for (const scheme of schemes) {
  for (const viewport of widths) {
    const where = viewport.width < 700 ? 'phone' : 'desk'
    test.describe(`${scheme}, ${viewport.width} pixels`, () => {
      test.use({ colorScheme: scheme, viewport })

      test('no overlay has a violation', async ({ app, api, shot }) => {
        test.setTimeout(400_000)
        const found: string[] = []
        for (const overlay of overlays.filter(({ only = where }) => only === where)) {
          await test.step(overlay.name, async () => {
            await overlay.open(app, api)
            await app.waitForTimeout(500)
            await shot(`overlay-${overlay.name}-${viewport.width}-${scheme}`)
            for (const violation of await violations(app)) found.push(`${overlay.name}: ${violation}`)
          })
        }
        expect(found).toEqual([])
      })
    })
  }
}
