import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { holdLine, silence, unseen } from './line'

class Line extends EventTarget {
  static readonly CLOSED = 2
  static all: Line[] = []
  readyState = 1
  constructor(readonly url: string) {
    super()
    Line.all.push(this)
  }
  close() {
    this.readyState = Line.CLOSED
  }
  say(name: string, data = '{}') {
    this.dispatchEvent(new MessageEvent(name, { data }))
  }
  refuse() {
    this.close()
    this.dispatchEvent(new Event('error'))
  }
}

const open = () => Line.all.filter((line) => line.readyState === 1)
const look = (state: 'visible' | 'hidden') => {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(state)
  document.dispatchEvent(new Event('visibilitychange'))
}
let end = () => undefined as void
const begun = vi.fn()
const heard = vi.fn()

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('EventSource', Line)
  Line.all = []
  begun.mockClear()
  heard.mockClear()
  look('visible')
  end = holdLine('/live', { begun, events: { change: heard } })
})
afterEach(() => {
  end()
  vi.useRealTimers()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

test('a line that has fallen silent is dialled anew', () => {
  open()[0]?.say('hello')
  for (let at = 0; at < 10; at++) {
    vi.advanceTimersByTime(15_000)
    open()[0]?.say('ping')
  }
  expect(Line.all).toHaveLength(1)
  vi.advanceTimersByTime(silence * 1.5)
  expect(Line.all).toHaveLength(2)
  expect(open()).toHaveLength(1)
  open()[0]?.say('hello')
  expect(begun).toHaveBeenCalledTimes(2)
})

test('a refusal, on which the browser gives up, is asked again after a while', () => {
  open()[0]?.refuse()
  expect(open()).toHaveLength(0)
  vi.advanceTimersByTime(2_000)
  open()[0]?.refuse()
  vi.advanceTimersByTime(2_000)
  expect(open()).toHaveLength(0)
  vi.advanceTimersByTime(2_000)
  expect(open()).toHaveLength(1)
})

test('a page that nobody looks at lets its line go, and hears again when it is looked at', () => {
  open()[0]?.say('hello')
  look('hidden')
  vi.advanceTimersByTime(unseen - 1)
  look('visible')
  vi.advanceTimersByTime(unseen)
  expect(Line.all).toHaveLength(1)
  look('hidden')
  vi.advanceTimersByTime(unseen)
  expect(open()).toHaveLength(0)
  vi.advanceTimersByTime(600_000)
  expect(open()).toHaveLength(0)
  look('visible')
  open()[0]?.say('hello')
  expect(begun).toHaveBeenCalledTimes(2)
})

test('what is said is heard until the end', () => {
  open()[0]?.say('change', 'news')
  expect(heard).toHaveBeenCalledWith('news')
  end()
  expect(open()).toHaveLength(0)
})
