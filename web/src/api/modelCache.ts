import type { Model } from './model'
import { ModelIndex } from './ModelIndex'

const key = 'legame.model'

interface Kept {
  whose: string
  text: string
}

let last: { text: string; index: ModelIndex } | null = null
/** What the store of the browser holds, as far as this page has read or written it. */
let stored: Kept | null = null

/** The model as this person last had it here: the page can draw itself before the server has answered. */
export function keptModel(user: string, language: string): ModelIndex | undefined {
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? 'null') as Kept | null
    if (kept?.whose !== `${user} ${language}`) return undefined
    stored = kept
    return indexOf(kept.text, () => JSON.parse(kept.text) as Model)
  } catch {
    return undefined
  }
}

/** The same text gives the same index, so that nothing is drawn again when nothing has changed. */
export function toIndex(model: Model): ModelIndex {
  return indexOf(JSON.stringify(model), () => model)
}

export function keepModel(user: string, language: string, index: ModelIndex): void {
  const text = last?.index === index ? last.text : JSON.stringify(index.model)
  const kept: Kept = { whose: `${user} ${language}`, text }
  if (stored?.whose === kept.whose && stored.text === text) return
  try {
    localStorage.setItem(key, JSON.stringify(kept))
    stored = kept
  } catch {
    // A full or forbidden store only means that the next start is as slow as the first.
  }
}

export function forgetModel(): void {
  localStorage.removeItem(key)
  stored = null
}

function indexOf(text: string, model: () => Model): ModelIndex {
  if (last?.text !== text) last = { text, index: new ModelIndex(model()) }
  return last.index
}
