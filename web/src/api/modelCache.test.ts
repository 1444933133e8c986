import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Model } from './model'

const model = (name: string) =>
  ({ version: 1, workspace: { name, currency: 'EUR' }, lists: {}, objects: [] }) as unknown as Model

/** A page of its own: nothing is remembered but what the browser stores. */
async function page() {
  vi.resetModules()
  return import('./modelCache')
}

describe('the model that a browser keeps', () => {
  beforeEach(() => localStorage.clear())

  it('draws the page of who comes back, and the same answer draws nothing anew', async () => {
    const first = await page()
    first.keepModel('anna', 'it', first.toIndex(model('Valsesia')))
    const next = await page()
    const kept = next.keptModel('anna', 'it')
    expect(kept?.model.workspace.name).toBe('Valsesia')
    expect(next.toIndex(model('Valsesia'))).toBe(kept)
    expect(next.toIndex(model('Valsesia Nord'))).not.toBe(kept)
  })

  it('is nobody else’s, and of no other language', async () => {
    const first = await page()
    first.keepModel('anna', 'it', first.toIndex(model('Valsesia')))
    const next = await page()
    expect(next.keptModel('bruno', 'it')).toBeUndefined()
    expect(next.keptModel('anna', 'zh')).toBeUndefined()
  })

  it('is written only when it has changed', async () => {
    const first = await page()
    first.keepModel('anna', 'it', first.toIndex(model('Valsesia')))
    const next = await page()
    next.keptModel('anna', 'it')
    localStorage.clear()
    next.keepModel('anna', 'it', next.toIndex(model('Valsesia')))
    expect(localStorage).toHaveLength(0)
    next.keepModel('anna', 'it', next.toIndex(model('Valsesia Nord')))
    expect(localStorage).toHaveLength(1)
  })
})
