import { type KeyboardEvent as KeyPress, useEffect, useRef } from 'react'

/** A key that does something on the screen in view; the help sheet lists them. */
export interface Shortcut {
  /** "c", "shift+Enter", "mod+k", "g d" (one after the other). */
  keys: string
  label: string
  run: (event: KeyboardEvent) => void
  /** Only shown in the help sheet; the component handles the key by itself. */
  shown?: boolean
}

interface Scope {
  title: string
  shortcuts: Shortcut[]
}

const scopes = new Set<{ current: Scope }>()
let singleKeys = true
let pending: { key: string; at: number } | null = null

/** Keys that nobody has taken yet: what they are for may still be on its way to the browser. */
let waiting: { key: string; at: number; path: string }[] = []
const patience = 10_000
const isFresh = ({ at, path }: { at: number; path: string }) => Date.now() - at < patience && path === location.pathname

/** Single keys may be switched off (WCAG 2.1.4); chords with Ctrl or Cmd stay. */
export function setSingleKeys(on: boolean): void {
  singleKeys = on
}

export function shownScopes(): Scope[] {
  return [...scopes].map((scope) => scope.current).filter((scope) => scope.shortcuts.length > 0)
}

export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.matches('input:not([type=checkbox]), textarea, select') || target.isContentEditable)
  )
}

/** Enter, Escape and arrows belong to the input method while it composes Chinese or Japanese. */
export function isComposing(event: { nativeEvent?: { isComposing?: boolean }; isComposing?: boolean }): boolean {
  return Boolean(event.nativeEvent?.isComposing ?? event.isComposing)
}

function written(event: KeyboardEvent): string {
  const mod = event.metaKey || event.ctrlKey ? 'mod+' : ''
  const shift = event.shiftKey && (event.key.length > 1 || mod) ? 'shift+' : ''
  return `${mod}${shift}${event.key.length === 1 ? event.key.toLowerCase() : event.key}`
}

/** An open dialog or menu has the keys to itself. */
function isLayered(target: EventTarget | null): boolean {
  const inMenu = target instanceof Element && target.closest('[role=menu], [role=listbox]') !== null
  return inMenu || document.querySelector('[role=dialog][aria-modal=true]') !== null
}

function dispatch(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || event.altKey) return
  const key = written(event)
  const chord = key.startsWith('mod+')
  if (!chord && (!singleKeys || isTyping(event.target))) return
  if (!chord && isLayered(event.target)) return
  const sequence = pending && Date.now() - pending.at < 1000 ? `${pending.key} ${key}` : null
  pending = key === 'g' ? { key, at: Date.now() } : null
  for (const scope of [...scopes].reverse()) {
    for (const shortcut of scope.current.shortcuts) {
      if (shortcut.shown || (shortcut.keys !== key && shortcut.keys !== sequence)) continue
      event.preventDefault()
      waiting = []
      shortcut.run(event)
      return
    }
  }
  if (key.length === 1) waiting = [...waiting.filter(isFresh), { key, at: Date.now(), path: location.pathname }]
}

if (typeof addEventListener === 'function') {
  addEventListener('keydown', dispatch)
  addEventListener('pointerdown', () => {
    waiting = []
  })
}

/** A part of the page that comes late does what it was asked for before it was there. */
function catchUp(shortcuts: Shortcut[]): void {
  for (const { key } of waiting.filter(isFresh)) {
    const shortcut = shortcuts.find((candidate) => !candidate.shown && candidate.keys === key)
    if (!shortcut) continue
    waiting = []
    shortcut.run(new KeyboardEvent('keydown', { key }))
    return
  }
}

export function useShortcuts(title: string, shortcuts: Shortcut[]): void {
  const scope = useRef<Scope>({ title, shortcuts })
  useEffect(() => {
    scope.current = { title, shortcuts }
  })
  useEffect(() => {
    scopes.add(scope)
    catchUp(scope.current.shortcuts)
    return () => {
      scopes.delete(scope)
    }
  }, [])
}

export const isMac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform)

/** "mod+k" as it is printed on the keys of this machine. */
export function printed(keys: string): string {
  return keys
    .replace('mod+', isMac ? '⌘' : 'Ctrl ')
    .replace('shift+', '⇧')
    .replace('Enter', '↵')
    .replace('ArrowUp', '↑')
    .replace('ArrowDown', '↓')
    .replace('ArrowLeft', '←')
    .replace('ArrowRight', '→')
    .replace(/(^|\s)([a-z])(?=\s|$)/g, (_, gap: string, key: string) => gap + key.toUpperCase())
    .replace(/([⌘⇧])([a-z])$/, (_, sign: string, key: string) => sign + key.toUpperCase())
    .replace(/Ctrl ([a-z])$/, (_, key: string) => `Ctrl ${key.toUpperCase()}`)
}

/**
 * While something is typed into a list to choose from that nothing stands for yet, it must not be left out: Enter saves no
 * form, and going on by Tab takes the option that is marked (ARIA, combobox with automatic selection), but for the one that
 * would make something.
 */
export function keepTyped(isTyped: boolean, makes = '') {
  return (event: KeyPress<HTMLInputElement>) => {
    if (!isTyped) return
    if (event.key === 'Enter') event.preventDefault()
    if (event.key !== 'Tab' || event.shiftKey) return
    const list = document.getElementById(event.currentTarget.getAttribute('aria-controls') ?? '')
    list?.querySelector<HTMLElement>(`[data-combobox-selected]:not([value="${makes}"])`)?.click()
  }
}
