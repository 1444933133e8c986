import { act } from 'react'
import { createRoot } from 'react-dom/client'
import { describe, expect, it } from 'vitest'
import { fileOf } from './later'

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true })

const Greeting = ({ name }: { name: string }) => <p>Ciao {name}</p>

/** What stands after the first drawing, and what when all has come. */
async function drawn(part: typeof Greeting): Promise<[string, string]> {
  const box = document.createElement('div')
  const root = createRoot(box)
  act(() => root.render(<Draw part={part} />))
  const first = box.textContent
  await act(async () => new Promise((resolve) => setTimeout(resolve, 5)))
  const last = box.textContent
  act(() => root.unmount())
  return [first, last]
}

const Draw = ({ part: Part }: { part: typeof Greeting }) => <Part name="Bruno" />

describe('a part in a file of its own', () => {
  it('leaves its place to something else until the file has come', async () => {
    const Late = fileOf(async () => ({ Greeting })).part('Greeting', 'on its way')
    expect(await drawn(Late)).toEqual(['on its way', 'Ciao Bruno'])
  })

  it('is drawn at once where the file was fetched before', async () => {
    const file = fileOf(async () => ({ Greeting }))
    file.fetch()
    await Promise.resolve()
    await Promise.resolve()
    expect(await drawn(file.part('Greeting', 'on its way'))).toEqual(['Ciao Bruno', 'Ciao Bruno'])
  })

  it('is asked for once, and again after a failure', async () => {
    let asked = 0
    const file = fileOf(async () => {
      asked++
      if (asked === 1) throw new Error('no connection')
      return { Greeting }
    })
    file.fetch()
    await new Promise((resolve) => setTimeout(resolve))
    file.fetch()
    file.fetch()
    expect(asked).toBe(2)
  })
})
