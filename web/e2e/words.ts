import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { expect } from '@playwright/test'

export type Language = 'en' | 'it' | 'zh'

type Catalogue = Record<string, string>

const read = (language: Language) =>
  JSON.parse(readFileSync(new URL(`../src/locales/${language}.json`, import.meta.url), 'utf8')) as Catalogue

/** The texts of the interface in a language, asked for by the English one. */
export function words(language: Language): (english: string, values?: Record<string, string>) => string {
  const [english, own] = [read('en'), read(language)]
  const said = new Map(Object.entries(english).map(([id, text]) => [text, own[id] ?? '']))
  return (text, values = {}) => {
    const found = said.get(text)
    if (!found) throw new Error(`the interface has no text “${text}” in ${language}`)
    return found.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '')
  }
}

const escape = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** An English text with something in each of its places; both branches of a plural. */
function pattern(text: string): RegExp | null {
  const plural = /^(.*)\{\w+, plural, one \{(.*)\} other \{(.*)\}\}(.*)$/s.exec(text)
  const branches = plural ? [1, 2].map((at) => `${plural[1]}${plural[at + 1]}${plural[4]}`) : [text]
  const letters = branches.every((branch) => branch.replace(/\{\w+\}/g, '').replace(/[^a-z]/gi, '').length > 3)
  const open = (branch: string) =>
    branch
      .split(/(\{\w+\}|#)/)
      .map((part) => (part === '#' ? '\\d[\\d.,]*' : /^\{\w+\}$/.test(part) ? '.+' : escape(part)))
      .join('')
  return letters ? new RegExp(`^(${branches.map(open).join('|')})$`, 's') : null
}

interface Labelled {
  [key: string]: unknown
}

/** All labels of a model document, by their places. */
function labels(value: unknown, at = '', found = new Map<string, string>()): Map<string, string> {
  if (Array.isArray(value)) for (const [index, item] of value.entries()) labels(item, `${at}.${index}`, found)
  else if (value && typeof value === 'object')
    for (const [key, inner] of Object.entries(value as Labelled)) {
      if (typeof inner === 'string' && ['label', 'label_plural', 'help', 'about'].includes(key))
        found.set(`${at}.${key}`, inner)
      else labels(inner, `${at}.${key}`, found)
    }
  return found
}

/** What stands on the page, read aloud or shown: texts, names, placeholders. */
const shown = (page: Page) =>
  page.evaluate(() => {
    const found = new Set<string>([document.title.replace(/ · Legame$/, '')])
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node instanceof Element ? node : node.parentElement
      if (!element || ['SCRIPT', 'STYLE'].includes(element.tagName) || !element.checkVisibility()) continue
      if (node instanceof Element)
        for (const name of ['aria-label', 'placeholder', 'title', 'alt', 'aria-description'])
          found.add(node.getAttribute(name)?.trim() ?? '')
      else found.add(node.textContent?.trim() ?? '')
    }
    return [...found].filter(Boolean)
  })

/** Fails where the page still says in English what the interface, or the model, has in the language. */
export async function noEnglish(page: Page, language: Language): Promise<(place: string) => Promise<void>> {
  const [english, own] = [read('en'), read(language)]
  const other = Object.entries(english).filter(([id, text]) => own[id] !== text)
  const exact = new Set(other.map(([, text]) => text))
  const open = other.flatMap(([, text]) => (text.includes('{') ? [pattern(text)] : [])).filter((one) => one !== null)
  const model = async (code: Language) =>
    labels(await (await page.request.get('/api/v1/model', { headers: { 'Accept-Language': code } })).json())
  const [of, told] = [await model('en'), await model(language)]
  for (const [place, text] of of) if (told.get(place) !== text) exact.add(text)
  const mine = new Set(told.values())
  return async (place) => {
    await page.getByText('…', { exact: true }).first().waitFor({ state: 'hidden' })
    await page.waitForTimeout(400)
    const left = async () =>
      (await shown(page)).filter((text) => !mine.has(text) && (exact.has(text) || open.some((one) => one.test(text))))
    await expect.poll(left, { message: `English at ${place}` }).toEqual([])
  }
}
