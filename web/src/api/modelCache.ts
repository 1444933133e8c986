import type { Model } from './model'
import { ModelIndex } from './ModelIndex'

const key = 'legame.model'

interface Kept {
  whose: string
  text: string
}

let last: { text: string; index: ModelIndex } | null = null

/** The model as this person last had it here: the page can draw itself before the server has answered. */
export function keptModel(user: string, language: string): ModelIndex | undefined {
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? 'null') as Kept | null
    if (kept?.whose !== `${user} ${language}`) return undefined
    return indexOf(kept.text)
  } catch {
    return undefined
  }
}

/** The same text gives the same index, so that nothing is drawn again when nothing has changed. */
export function toIndex(model: Model): ModelIndex {
  return indexOf(JSON.stringify(model))
}

export function keepModel(user: string, language: string, index: ModelIndex): void {
  try {
    localStorage.setItem(
      key,
      JSON.stringify({ whose: `${user} ${language}`, text: JSON.stringify(index.model) } satisfies Kept),
    )
  } catch {
    // A full or forbidden store only means that the next start is as slow as the first.
  }
}

export function forgetModel(): void {
  localStorage.removeItem(key)
}

function indexOf(text: string): ModelIndex {
  if (last?.text !== text) last = { text, index: new ModelIndex(JSON.parse(text) as Model) }
  return last.index
}
