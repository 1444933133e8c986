/** Which cell a key leads to from the one that has the focus, as in a sheet; null when the key stays in the cell. */
export function neighbour(
  box: HTMLElement,
  at: HTMLInputElement,
  event: { key: string; shiftKey: boolean; ctrlKey: boolean; metaKey: boolean; altKey: boolean },
): HTMLInputElement | null {
  if (event.ctrlKey || event.metaKey || event.altKey) return null
  const rows = [...box.querySelectorAll('tbody tr')].map((row) => [
    ...row.querySelectorAll<HTMLInputElement>('input:not([type=hidden])'),
  ])
  const row = rows.findIndex((cells) => cells.includes(at))
  const column = rows[row]?.indexOf(at) ?? -1
  const isNumber = at.inputMode === 'decimal'
  const vertical = (by: number) => {
    const cells = rows[row + by]
    return cells?.[Math.min(column, cells.length - 1)] ?? null
  }
  const all = at.selectionStart === 0 && at.selectionEnd === at.value.length
  const atStart = at.selectionStart === 0 && at.selectionEnd === 0
  const atEnd = at.selectionStart === at.value.length && at.selectionEnd === at.value.length
  switch (event.key) {
    case 'ArrowDown':
      return vertical(1)
    case 'ArrowUp':
      return vertical(-1)
    case 'Enter':
      return isNumber ? vertical(event.shiftKey ? -1 : 1) : null
    case 'ArrowLeft':
      return all || atStart ? (rows[row]?.[column - 1] ?? null) : null
    case 'ArrowRight':
      return all || atEnd ? (rows[row]?.[column + 1] ?? null) : null
    default:
      return null
  }
}
