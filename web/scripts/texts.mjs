// Fails when a text of the source stands in no catalog, or has no translation, or loses a value in one.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

const folder = new URL('../src/locales/', import.meta.url)
const read = (language) => JSON.parse(readFileSync(new URL(`${language}.json`, folder), 'utf8'))
const before = readFileSync(new URL('en.json', folder), 'utf8')
execFileSync('node_modules/.bin/lingui', ['extract', '--clean'], {
  stdio: 'ignore',
  cwd: new URL('..', import.meta.url),
})
const after = readFileSync(new URL('en.json', folder), 'utf8')
const faults = []
if (before !== after) faults.push('the catalogs were not up to date; they are now: commit them')

const values = (text) => new Set([...text.matchAll(/\{(\w+)[,}]/g)].map((match) => match[1]))
const source = read('en')
for (const language of ['it', 'zh']) {
  const catalog = read(language)
  for (const [id, text] of Object.entries(source)) {
    const translated = catalog[id]
    if (!translated) faults.push(`${language}: no translation of “${text}”`)
    else
      for (const name of values(translated))
        if (!values(text).has(name)) faults.push(`${language}: “${text}” has no value {${name}}`)
  }
}

for (const fault of faults) console.error(fault)
console.log(faults.length === 0 ? `${Object.keys(source).length} texts, all translated` : `${faults.length} faults`)
process.exit(faults.length === 0 ? 0 : 1)
