// Compresses what the browser loads, so that the server need not do it at each request. Done once for each build.
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const worth = /\.(?:js|css|svg|json|html)$/
const smallest = 1000

function walk(folder) {
  for (const name of readdirSync(folder)) {
    const file = join(folder, name)
    if (statSync(file).isDirectory()) walk(file)
    else if (worth.test(name)) compress(file)
  }
}

function compress(file) {
  if (existsSync(`${file}.br`)) return
  const bytes = readFileSync(file)
  if (bytes.length < smallest || file.endsWith('index.html')) return
  writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }))
  writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }))
}

walk(new URL('../dist/', import.meta.url).pathname)
