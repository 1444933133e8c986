export interface Recent {
  object: string
  id: string
  title: string
}

const key = 'legame.recent'
const most = 8

export function recent(): Recent[] {
  try {
    return JSON.parse(localStorage.getItem(key) ?? '[]') as Recent[]
  } catch {
    return []
  }
}

/** The records last looked at in this browser, newest first. */
export function remember(record: Recent): void {
  const others = recent().filter((other) => other.id !== record.id)
  localStorage.setItem(key, JSON.stringify([record, ...others].slice(0, most)))
}
