import { beforeEach, describe, expect, test, vi } from 'vitest'
import { setPlace } from '../../kit/format'
import { emptyDraft, toValues } from './draft'

const about = { object: 'deal', id: 'd1' }

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-11-20T10:00:00Z') })
  setPlace({ locale: 'en', timeZone: 'Europe/Rome' })
})

describe('what the composer sends', () => {
  test('a call was done now unless another day is given', () => {
    expect(toValues({ ...emptyDraft, kind: 'call', text: 'Wants a quote', outcome: 'connected' }, about)).toEqual({
      kind: 'call',
      about: [about],
      body: 'Wants a quote',
      done_at: '2026-11-20T10:00:00.000Z',
      outcome: 'connected',
    })
  })

  test('a past call lands on its own day at this hour', () => {
    const values = toValues({ ...emptyDraft, kind: 'call', text: 'x', day: '2026-11-17' }, about)
    expect(values.done_at).toBe('2026-11-17T10:00:00.000Z')
  })

  test('a task is named by its first line and due tomorrow', () => {
    expect(toValues({ ...emptyDraft, kind: 'task', text: 'Send the quote\nwith the second site' }, about)).toEqual({
      kind: 'task',
      about: [about],
      subject: 'Send the quote',
      body: 'with the second site',
      due_on: '2026-11-21',
    })
  })

  test('a planned call is not done', () => {
    const values = toValues({ ...emptyDraft, kind: 'call', text: 'Ask again', planned: true, day: '2026-11-24' }, about)
    expect(values).toMatchObject({ due_on: '2026-11-24', subject: 'Ask again' })
    expect(values).not.toHaveProperty('done_at')
  })
})
