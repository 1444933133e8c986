// Compares what each route costs over the wire (gzip) with the budgets of the design. Fails above them.
import { gzipSync } from 'node:zlib'
import { readFileSync } from 'node:fs'

const dist = new URL('../dist/', import.meta.url)
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'))
const cache = new Map()

function size(file) {
  if (!cache.has(file)) cache.set(file, gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length)
  return cache.get(file)
}

/** The files a chunk needs at once: itself, what it imports statically, and their style sheets. */
function closure(key, found = new Set()) {
  const chunk = manifest[key]
  if (!chunk || found.has(key)) return found
  found.add(key)
  for (const next of chunk.imports ?? []) closure(next, found)
  return found
}

function files(keys, kind) {
  const out = new Set()
  for (const key of keys) {
    if (kind === 'js') out.add(manifest[key].file)
    else for (const css of manifest[key].css ?? []) out.add(css)
  }
  return out
}

const total = (set) => [...set].reduce((sum, file) => sum + size(file), 0) / 1000
const entryKey = Object.keys(manifest).find((key) => manifest[key].isEntry)
const entry = closure(entryKey)
// The menus of the navigation come with every page, after the first paint: no route pays for them again.
const shell = new Set([
  ...entry,
  ...closure('src/app/shell/NavFoot.tsx'),
  ...closure('src/app/shell/WorkspaceMenu.tsx'),
])
const entryFiles = new Set([...files(shell, 'js'), ...files(shell, 'css')])
let failed = false

function check(name, kilobytes, limit) {
  const over = kilobytes > limit
  failed ||= over
  console.log(`${over ? 'OVER' : '  ok'}  ${name.padEnd(34)} ${kilobytes.toFixed(1).padStart(7)} of ${limit} kB`)
}

check('entry, scripts', total(files(entry, 'js')), 185)
check('entry, styles', total(files(entry, 'css')), 42)
check('entry with its menus', total(files(shell, 'js')), 210)

/** What opening a route adds to the entry, and to the routes that are there before it: scripts and styles. */
function onTop(sources, before = []) {
  const there = new Set(entryFiles)
  for (const source of before) for (const file of filesOf(source)) there.add(file)
  const added = new Set(sources.flatMap((source) => [...filesOf(source)]).filter((file) => !there.has(file)))
  return total(added)
}

function filesOf(source) {
  if (!manifest[source]) throw new Error(`no chunk for ${source}`)
  const keys = closure(source)
  return new Set([...files(keys, 'js'), ...files(keys, 'css')])
}

const budgets = JSON.parse(readFileSync(new URL('./budgets.json', import.meta.url), 'utf8'))
for (const { name, sources, after, limit } of budgets.routes) check(name, onTop(sources, after), limit)
check('entry and list together', total(files(shell, 'js')) + onTop(['src/app/ListRoute.tsx']), 230)

const named = new Set(budgets.routes.flatMap((route) => route.sources))
for (const [key, chunk] of Object.entries(manifest)) {
  if (chunk.isDynamicEntry && key.startsWith('src/') && !named.has(key) && !key.startsWith('src/locales/'))
    check(key, onTop([key]), 60)
}

process.exit(failed ? 1 : 0)
