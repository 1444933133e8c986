export interface SortKey {
  field: string
  desc: boolean
}

/** "-amount,name" as the interface writes it. */
export function readSort(text: string | null | undefined): SortKey[] {
  return (text ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
    .map((part) => ({ field: part.replace(/^-/, ''), desc: part.startsWith('-') }))
}

export function writeSort(keys: SortKey[]): string {
  return keys.map((key) => `${key.desc ? '-' : ''}${key.field}`).join(',')
}

/**
 * A click on a head sorts by it; the next click turns it round. Figures start with the largest. `behind` keeps what is
 * sorted by first and sorts by this field where that is the same.
 */
export function toggleSort(text: string, field: string, startDesc: boolean, behind = false): string {
  const keys = readSort(text)
  const [first] = keys
  const known = keys.find((key) => key.field === field)
  if (!behind) return writeSort([{ field, desc: first?.field === field ? !first.desc : startDesc }])
  if (known) return writeSort(keys.map((key) => (key === known ? { field, desc: !key.desc } : key)))
  return writeSort([...keys.slice(0, 1), { field, desc: startDesc }])
}
