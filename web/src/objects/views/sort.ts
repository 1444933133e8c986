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

/** A click on a head sorts by it; the next click turns it round. Figures start with the largest. */
export function toggleSort(text: string, field: string, startDesc: boolean): string {
  const [first] = readSort(text)
  const desc = first?.field === field ? !first.desc : startDesc
  return writeSort([{ field, desc }])
}
