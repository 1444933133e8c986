import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const core = 'node_modules/@mantine/core'
const text = (file: string) => readFileSync(file, 'utf8')
const listed = [...text('src/kit/mantineStyles.ts').matchAll(/styles\/([\w-]+)\.layer\.css/g)].map(([, name]) => name)

/** What our own files take from the library, as names of its index. */
function taken(): Set<string> {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file))
  const names = files.flatMap((file) =>
    [...text(`src/${file}`).matchAll(/import \{([^}]*)\} from '@mantine\/core'/g)].flatMap(([, list]) =>
      (list ?? '').split(',').map((name) => name.trim()),
    ),
  )
  return new Set(names.filter((name) => name && !name.startsWith('type ')))
}

/** The style sheets that components are drawn with, their own and those of what they are made of. */
function needed(): Set<string> {
  const found = new Set<string>()
  const seen = new Set<string>()
  const follow = (file: string): void => {
    if (seen.has(file) || !existsSync(file)) return
    seen.add(file)
    const sheet = /(\w+)\.module\.mjs$/.exec(file)?.[1]
    if (sheet) found.add(sheet)
    for (const [, next] of text(file).matchAll(/from "(\.[^"]+)"/g)) follow(resolve(dirname(file), next ?? ''))
  }
  const names = taken()
  for (const [, list, file] of text(`${core}/esm/index.mjs`).matchAll(/import \{([^}]*)\} from "([^"]+)"/g))
    if ((list ?? '').split(',').some((name) => names.has(name.trim()))) follow(resolve(`${core}/esm`, file ?? ''))
  return found
}

describe('the styles of the library', () => {
  it('are there for every component that is used, and for no other', () => {
    const sheets = [...needed()].filter((name) => existsSync(`${core}/styles/${name}.layer.css`))
    const general = ['baseline', 'default-css-variables', 'global']
    expect(sheets.length).toBeGreaterThan(15)
    expect([...listed].sort()).toEqual([...sheets, ...general].sort())
  })

  it('stand in the order of the library', () => {
    const all = text(`${core}/styles.css`)
    const places = listed.map((name) => {
      const sheet = text(`${core}/styles/${name}.css`)
      return all.indexOf(/\.m_[0-9a-f]+/.exec(sheet)?.[0] ?? sheet.trim().slice(0, 60))
    })
    expect(places).toEqual([...places].sort((a, b) => a - b))
  })
})
