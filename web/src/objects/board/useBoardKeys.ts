import type { KeyboardEvent, RefObject } from 'react'
import type { RecordData } from '../../api/model'
import { isComposing, isTyping } from '../../kit/keyboard'
import type { Column } from './columns'

interface Verbs {
  columns: Column[]
  find: (column: Column, id: string) => RecordData | undefined
  move: (record: RecordData, column: Column) => void
  open: (id: string) => void
  peek: (id: string) => void
}

const cardsIn = (column: Element) => [...column.querySelectorAll<HTMLElement>('[data-card]')]

/** Once the key is done with: a menu that opened during it would take the same key and close. */
const openMenu = (card: HTMLElement) => setTimeout(() => card.querySelector<HTMLElement>('[data-menu]')?.click())

/** Arrows walk the cards, Shift with an arrow moves one, M opens its menu, Space looks into it. */
export function useBoardKeys(area: RefObject<HTMLElement | null>, verbs: Verbs) {
  return (event: KeyboardEvent): void => {
    if (isComposing(event) || isTyping(event.target) || event.metaKey || event.ctrlKey || event.altKey) return
    const card = (event.target as HTMLElement).closest<HTMLElement>('[data-card]')
    const column = (event.target as HTMLElement).closest<HTMLElement>('[data-column]')
    if (!column || !area.current) return
    const columns = [...area.current.querySelectorAll<HTMLElement>('[data-column]')]
    const at = columns.indexOf(column)
    const id = card?.dataset.card
    const from = verbs.columns[at]
    const record = id && from ? verbs.find(from, id) : undefined
    const cards = cardsIn(column)
    const row = card ? cards.indexOf(card) : -1
    const focus = (next: HTMLElement | undefined) => next?.querySelector<HTMLElement>('a')?.focus()
    const beside = (by: number) => {
      const others = columns[at + by] ? cardsIn(columns[at + by] as Element) : []
      return others[Math.min(Math.max(row, 0), others.length - 1)]
    }
    const step = event.key === 'ArrowRight' ? 1 : -1
    if (event.key === 'ArrowDown') focus(cards[row + 1])
    else if (event.key === 'ArrowUp') focus(cards[row - 1])
    else if (event.key === 'ArrowRight' || event.key === 'ArrowLeft') {
      const to = verbs.columns[at + step]
      if (event.shiftKey && record && to) verbs.move(record, to)
      else focus(beside(step))
    } else if (event.key === 'm' && card) openMenu(card)
    else if (event.key === ' ' && id) verbs.peek(id)
    else return
    event.preventDefault()
  }
}
