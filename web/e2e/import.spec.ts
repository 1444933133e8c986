import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { expect, fresh, test } from './test'
import { words } from './words'

const word = words('it')

/** A sheet as a sales team has it: Italian figures, a stage by another name, a colleague who left, rows that are broken. */
function sheet(mark: string, stage: string, company: string): string {
  const rows = [
    ['Trattativa', 'Azienda', 'Fase', 'Valore', 'Chiusura prevista', 'Commerciale', 'Prodotto', 'Note interne'],
    [`Banco ${mark}`, company, stage, '1.250,50', '31/12/2027', '', '', 'da richiamare'],
    [
      `Vetrina ${mark}`,
      `Bar Nuovo ${mark}`,
      'In valutazione tecnica',
      '12.000,00',
      '15/01/2028',
      'Carla Partita',
      '',
      '',
    ],
    [`Forno ${mark}`, `Bar Nuovo ${mark}`, 'In valutazione tecnica', '980,00', '30/01/2028', 'Carla Partita', '', ''],
    [
      `Cella ${mark}`,
      `Hotel Altro ${mark}`,
      stage,
      '7.400,00',
      '28/02/2028',
      'Carla Partita',
      `Cella sconosciuta ${mark}`,
      '',
    ],
    [`Errata ${mark}`, company, stage, 'circa mille', '31/02/2028', '', '', ''],
  ]
  return `\uFEFF${rows.map((row) => row.join(';')).join('\r\n')}\r\n${`Corta ${mark};${company}`}\r\n`
}

const counts = (page: Page) =>
  page
    .locator('dl')
    .first()
    .locator('dd')
    .evaluateAll((all) => all.map((one) => Number(one.textContent)))

for (const width of [1440, 390]) {
  test.describe(`${width} pixels`, () => {
    test.use({ viewport: { width, height: 860 }, locale: 'it-IT', hasTouch: width === 390 })

    test('a sheet of deals comes in, what is unknown is decided once, and all of it is taken back', async ({
      app,
      api,
      shot,
    }) => {
      test.setTimeout(150_000)
      const mark = fresh('Prova').split(' ')[1] ?? ''
      const company = await api.send('POST', 'companies', { name: `Gelateria Valle ${mark}` })
      const [pipeline] = await api.list('pipelines', { filter: 'default == true' })
      const stages = await api.list('stages', {
        filter: `pipeline == "${pipeline?.id}" && kind == "open"`,
        sort: 'position',
      })
      const [first, second] = stages.map((stage) => String(stage.name))
      await api.send('PATCH', 'session', { language: 'it', locale: 'it-IT' })
      await app.goto('/import?object=deal')
      await expect(app.getByRole('heading', { level: 1, name: word('Import from a file') })).toBeVisible()
      await app.locator('input[type=file]').setInputFiles({
        name: 'trattative.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from(sheet(mark, first ?? '', String(company.name))),
      })
      await shot(`import-start-${width}`)
      await app.getByRole('button', { name: word('Look into the file') }).click()

      const target = (column: string) =>
        app.getByRole('combobox', { name: word('What “{header}” becomes', { header: column }) })
      await expect(target('Azienda')).toHaveValue('Azienda')
      await expect(target('Valore')).toHaveValue('Importo')
      await expect(target('Chiusura prevista')).toHaveValue(/Chiusura prevista|Data di chiusura/)
      await expect(target('Commerciale')).toHaveValue(/Proprietario|Responsabile/)
      await shot(`import-columns-${width}`)
      await app.getByRole('button', { name: word('Check all rows') }).click()

      const open = app.getByRole('region', { name: word('Values to decide') })
      await expect(open).toBeVisible()
      const before = await counts(app)
      expect(before[0]).toBe(1)
      await shot(`import-decide-${width}`)
      const decide = (value: string) => open.getByRole('combobox', { name: word('What “{0}” becomes', { 0: value }) })
      // What is made anyway asks for nothing and stands behind one line.
      await expect(decide(`Bar Nuovo ${mark}`)).toBeHidden()
      await open.getByRole('group', { name: 'Azienda' }).getByRole('button', { name: '2 vengono creati' }).click()
      await expect(decide(`Bar Nuovo ${mark}`)).toHaveValue('create')
      await expect(decide(`Hotel Altro ${mark}`)).toHaveValue('create')
      await decide('In valutazione tecnica').selectOption('pick')
      const which = open.getByRole('combobox', { name: word('Which one “{0}” is', { 0: 'In valutazione tecnica' }) })
      await which.fill(second ?? '')
      await app
        .getByRole('option', { name: new RegExp(`^${second}`) })
        .first()
        .click()
      await decide('Carla Partita').selectOption('empty')
      await decide(`Cella sconosciuta ${mark}`).selectOption('create')
      await shot(`import-decided-${width}`)
      const check = app.getByRole('button', { name: /Verifica con 2 decisioni/ })
      await open.evaluate((element) => element.scrollIntoView({ block: 'start' }))
      await expect(check).toBeInViewport({ ratio: 1 })
      await check.click()
      await expect.poll(() => counts(app)).toEqual([4, 0, 0, 2])
      await expect(app.locator('dl').first()).toBeInViewport({ ratio: 1 })
      await expect(app.getByRole('region', { name: word('Decided') })).toContainText(second ?? '')
      const wrong = app.getByRole('region', { name: word('What is wrong') })
      await expect(wrong).toContainText('non è un numero')
      await expect(wrong).toContainText('La riga ha 2 celle')
      await shot(`import-checked-${width}`)

      await app.getByRole('button', { name: 'Importa 4 righe' }).click()
      await expect(app.getByRole('button', { name: word('Take it all back') })).toBeVisible()
      expect(await counts(app)).toEqual([4, 0, 0, 2])
      await shot(`import-done-${width}`)
      const download = app.waitForEvent('download')
      await app.getByRole('link', { name: word('Rejected rows as a file') }).click()
      const rejected = readFileSync(await (await download).path(), 'utf8')
      expect(rejected).toContain(`Errata ${mark}`)
      expect(rejected).toContain('non è un numero')

      const made = await api.list('deals', {
        filter: `name.contains("${mark}")`,
        sort: 'name',
        expand: 'company,stage',
      })
      expect(made.map((deal) => [deal.name, (deal.amount as { amount: string }).amount, deal.expected_close])).toEqual([
        [`Banco ${mark}`, '1250.50', '2027-12-31'],
        [`Cella ${mark}`, '7400.00', '2028-02-28'],
        [`Forno ${mark}`, '980.00', '2028-01-30'],
        [`Vetrina ${mark}`, '12000.00', '2028-01-15'],
      ])
      expect(made.map((deal) => (deal.stage as { title: string }).title)).toEqual([first, first, second, second])
      const wide = await app.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
      expect(wide).toBe(0)

      // A day later the import is found again in the settings; taking it back tells first what goes and what stays.
      const called = made.find((deal) => deal.name === `Cella ${mark}`)
      expect(made.find((deal) => deal.name === `Forno ${mark}`)?.owner).toBeNull()
      await api.send('POST', 'activities', {
        kind: 'call',
        subject: 'Chiamata',
        done_at: new Date().toISOString(),
        about: [{ object: 'deal', id: called?.id }],
      })
      const [kept] = await api.list('imports', { sort: '-created_at' })
      await app.goto(`/o/imports/${kept?.id}`)
      await expect(app).toHaveURL(new RegExp(`/import\\?id=${kept?.id}`))
      await expect.poll(() => counts(app)).toEqual([4, 0, 0, 2])
      await app.getByRole('button', { name: word('Take it all back') }).click()
      const asked = app.getByRole('dialog', { name: word('Take this import back?') })
      await expect(asked).toContainText('3 trattative')
      await expect(asked).toContainText('1 trattativa')
      await shot(`import-take-back-${width}`)
      await asked.getByRole('button', { name: word('Take it back') }).click()
      await expect(app.getByText(word('This import was taken back.'))).toBeVisible()
      await expect(app.getByRole('status').filter({ hasText: word('Went to the bin') })).toContainText('3 trattative')
      await shot(`import-undone-${width}`)
      await app.reload()
      await expect(app.getByRole('status').filter({ hasText: word('Went to the bin') })).toContainText('3 trattative')
      expect((await api.list('deals', { filter: `name.contains("${mark}")` })).map((deal) => deal.name)).toEqual([
        `Cella ${mark}`,
      ])
      // Its company stays with it.
      expect(await api.list('companies', { filter: `name.contains("${mark}")` })).toHaveLength(2)
    })
  })
}
