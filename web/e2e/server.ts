import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Server {
  url: string
  stop: () => Promise<void>
}

/** The whole sample company takes a build for development some minutes on a busy machine, a tenth of it seconds. */
const patience = { small: 180_000, full: 580_000 }

/** The PostgreSQL whose databases the journeys use; without it each server has its embedded database. */
const postgres = process.env.JOURNEYS_POSTGRES_URL
const script = join(import.meta.dirname, '../../bin/postgres')

/**
 * The program itself, with a tenth of the sample company, all of it ("full") or empty, in a folder and database of its
 * own, on a free port.
 */
export async function startServer(sample: boolean | 'full' = true, own = false): Promise<Server> {
  const given = process.env.LEGAME_URL
  if (given && sample && !own) return { url: given.replace(/\/$/, ''), stop: async () => undefined }
  const binary = process.env.LEGAME_BIN ?? join(import.meta.dirname, '../../target/debug/legame')
  const data = mkdtempSync(join(tmpdir(), 'legame-e2e-'))
  const name = `legame_journeys_${randomBytes(6).toString('hex')}`
  const database = postgres ? execFileSync(script, ['create', postgres, name], { encoding: 'utf8' }).trim() : null
  const size = sample === 'full' ? 'full' : 'small'
  const demo = sample ? ['--demo', size] : []
  const where = database ? ['--database', database] : []
  const child = spawn(binary, ['serve', ...demo, ...where, '--listen', '127.0.0.1:0', '--data', data], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const url = await listening(child, patience[size])
  return {
    url,
    stop: async () => {
      child.kill('SIGTERM')
      await new Promise((resolve) => child.once('exit', resolve))
      rmSync(data, { recursive: true, force: true })
      if (postgres) execFileSync(script, ['drop', postgres, name])
    },
  }
}

function listening(child: ChildProcess, patience: number): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    const timer = setTimeout(() => reject(new Error(`the server did not answer in time:\n${said}`)), patience)
    const hear = (chunk: Buffer) => {
      said += chunk.toString()
      const match = /listening on (http:\/\/\S+)/.exec(said)
      if (!match?.[1]) return
      clearTimeout(timer)
      resolve(match[1])
    }
    child.stdout?.on('data', hear)
    child.stderr?.on('data', hear)
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}:\n${said}`)))
  })
}
