import { addDays, currentPlace, today } from './format'

/** In which order this locale writes day, month and year. */
function order(locale: string): string {
  const parts = new Intl.DateTimeFormat(locale).formatToParts(new Date(2001, 10, 22))
  return parts
    .filter((part) => part.type === 'day' || part.type === 'month' || part.type === 'year')
    .map((part) => part.type[0])
    .join('')
}

/** A date as people type it: 2026-12-24, 24/12, 24.12.26, +7, -1. Null when it is none. */
export function parseDate(text: string, locale = currentPlace().locale): string | null {
  const typed = text.normalize('NFKC').trim().toLowerCase()
  const offset = /^([+-]\d{1,4})$/.exec(typed)
  if (offset) return addDays(today(), Number(offset[1]))
  const iso = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(typed)
  if (iso) return build(Number(iso[1]), Number(iso[2]), Number(iso[3]))
  const parts = typed.split(/[\s/.\-年月日]+/).filter(Boolean)
  if (parts.length < 2 || parts.length > 3 || !parts.every((part) => /^\d{1,4}$/.test(part))) return null
  const wanted = order(locale).replace(parts.length === 2 ? 'y' : '', '')
  const take = (sign: string) => Number(parts[wanted.indexOf(sign)] ?? Number.NaN)
  const year = parts.length === 3 ? take('y') : Number(today().slice(0, 4))
  return build(year < 100 ? 2000 + year : year, take('m'), take('d'))
}

function build(year: number, month: number, day: number): string | null {
  const made = new Date(Date.UTC(year, month - 1, day, 12))
  if (made.getUTCFullYear() !== year || made.getUTCMonth() !== month - 1 || made.getUTCDate() !== day) return null
  return made.toISOString().slice(0, 10)
}

/** The instant at which the clock of a zone shows this date and time. */
export function atZone(date: string, time: string, timeZone = currentPlace().timeZone): string {
  const wanted = Date.parse(`${date}T${time}:00Z`)
  let guess = wanted
  // Twice, because the first correction may cross a change of the clocks.
  for (let round = 0; round < 2; round++) guess = wanted - offsetAt(guess, timeZone)
  return new Date(guess).toISOString()
}

function offsetAt(at: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  }).formatToParts(at)
  const read = (type: string) => Number(parts.find((part) => part.type === type)?.value)
  const shown = Date.UTC(read('year'), read('month') - 1, read('day'), read('hour'), read('minute'))
  return shown - Math.floor(at / 60_000) * 60_000
}

/** "09:30" on the clock of the user's zone. */
export function clock(instant: string, timeZone = currentPlace().timeZone): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(new Date(instant))
}

/**
 * The beginning of a day as a filter writes it. Figures count by the workspace's days: for a person whose own days begin
 * at another hour, the moment is written out.
 */
export function startOf(date: string, zone: string): string {
  return JSON.stringify(zone === currentPlace().timeZone ? date : atZone(date, '00:00', zone))
}

/** The moment lies on one of the days from the first to the last, by the workspace's days. */
export function withinDays(field: string, first: string, last: string, zone: string): string {
  return `${field} >= ${startOf(first, zone)} && ${field} < ${startOf(addDays(last, 1), zone)}`
}
