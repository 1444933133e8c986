import { plural, t } from '@lingui/core/macro'

/** Money as the interface writes it: the amount is a decimal text. */
export interface Money {
  amount: string
  currency: string
}

export interface Place {
  locale: string
  timeZone: string
  currency: string
  /** 1 is Monday, 0 is Sunday. */
  weekStart: number
}

let place: Place = { locale: 'en', timeZone: 'UTC', currency: 'EUR', weekStart: 1 }
let made = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>()

/** Every figure and date on the screen follows the signed-in user's locale and zone. */
export function setPlace(next: Partial<Place>): void {
  place = { ...place, ...next }
  made = new Map()
}

export function currentPlace(): Place {
  return place
}

function numbers(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `n${JSON.stringify(options)}`
  const found = made.get(key) ?? new Intl.NumberFormat(place.locale, options)
  made.set(key, found)
  return found as Intl.NumberFormat
}

function dates(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `d${JSON.stringify(options)}`
  const found = made.get(key) ?? new Intl.DateTimeFormat(place.locale, options)
  made.set(key, found)
  return found as Intl.DateTimeFormat
}

/** Intl takes decimal texts exactly; its type only knows literals. */
const exact = (amount: string) => amount as unknown as number

export function number(value: number | string, digits?: number): string {
  return numbers({ maximumFractionDigits: digits ?? 10, useGrouping: 'always' }).format(
    typeof value === 'string' ? exact(value) : value,
  )
}

export function percent(value: number | string, digits = 1): string {
  return numbers({ style: 'percent', maximumFractionDigits: digits }).format(Number(value) / 100)
}

export function money({ amount, currency }: Money): string {
  const whole = /^-?\d+(?:\.0*)?$/.test(amount)
  const options: Intl.NumberFormatOptions = { style: 'currency', currency, useGrouping: 'always' }
  if (whole) options.maximumFractionDigits = 0
  try {
    return numbers(options).format(exact(amount))
  } catch {
    return `${number(amount)} ${currency}`
  }
}

/** "€261K": for headings, where the exact figure is one hover away. */
export function moneyShort({ amount, currency }: Money): string {
  const value = Number(amount)
  if (Math.abs(value) < 10_000) return money({ amount: String(Math.round(value)), currency })
  return numbers({
    style: 'currency',
    currency,
    notation: 'compact',
    // The Chinese short form counts in ten thousands: one digit more says as much.
    maximumFractionDigits: Math.abs(value) < 1e6 && !place.locale.startsWith('zh') ? 1 : 2,
  }).format(value)
}

const countryCode = /^\+(1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|\d{3})(\d{5,12})$/
const runs: Record<number, RegExp> = {
  5: /(\d+)/,
  6: /(\d{3})(\d+)/,
  7: /(\d{3})(\d+)/,
  8: /(\d{4})(\d+)/,
  9: /(\d{3})(\d{3})(\d+)/,
  10: /(\d{3})(\d{3})(\d+)/,
  11: /(\d{3})(\d{4})(\d+)/,
  12: /(\d{4})(\d{4})(\d+)/,
}

/** "+39 041 788 1816": an international number in runs that a person can read out; any other as it is. */
export function phone(number: string): string {
  const [, code, rest = ''] = countryCode.exec(number) ?? []
  const parts = code && runs[rest.length]?.exec(rest)?.slice(1)
  return parts ? `+${code} ${parts.join(' ')}` : number
}

const atNoon = (date: string) => new Date(`${date.slice(0, 10)}T12:00:00Z`)

/** The calendar day of an instant, or of a date, in the user's zone unless another is named. */
export function dayOf(value: string | Date, timeZone = place.timeZone): string {
  if (typeof value === 'string' && value.length === 10) return value
  return days(timeZone).format(typeof value === 'string' ? new Date(value) : value)
}

/** Writes days as our dates are written. Making one costs a phone several milliseconds. */
function days(timeZone: string): Intl.DateTimeFormat {
  const key = `z${timeZone}`
  const found = made.get(key) ?? new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' })
  made.set(key, found)
  return found as Intl.DateTimeFormat
}

export function today(timeZone?: string): string {
  return dayOf(new Date(), timeZone)
}

export function addDays(date: string, days: number): string {
  return new Date(atNoon(date).getTime() + days * 86_400_000).toISOString().slice(0, 10)
}

/** Whole days from today: negative in the past. */
export function daysFromToday(value: string): number {
  return Math.round((atNoon(dayOf(value)).getTime() - atNoon(today()).getTime()) / 86_400_000)
}

export function date(value: string): string {
  const day = dayOf(value)
  const sameYear = day.slice(0, 4) === today().slice(0, 4)
  return dates({ day: 'numeric', month: 'short', timeZone: 'UTC', ...(sameYear ? {} : { year: 'numeric' }) }).format(
    atNoon(day),
  )
}

/** "1–25 Nov": two days and what lies between. */
export function dateSpan(from: string, until: string): string {
  const sameYear = from.slice(0, 4) === today().slice(0, 4)
  const wanted = dates({ day: 'numeric', month: 'short', timeZone: 'UTC', ...(sameYear ? {} : { year: 'numeric' }) })
  return wanted.formatRange(atNoon(from), atNoon(until))
}

export function dateLong(value: string): string {
  return dates({ weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' }).format(atNoon(dayOf(value)))
}

export function dateInput(value: string): string {
  return dates({ day: '2-digit', month: '2-digit', year: 'numeric', timeZone: 'UTC' }).format(atNoon(value))
}

export function month(value: string): string {
  return dates({ month: 'short', timeZone: 'UTC' }).format(atNoon(`${value.slice(0, 7)}-15`))
}

export function monthLong(value: string): string {
  return dates({ month: 'long', year: 'numeric', timeZone: 'UTC' }).format(atNoon(`${value.slice(0, 7)}-15`))
}

export function weekday(value: string): string {
  return dates({ weekday: 'short', timeZone: 'UTC' }).format(atNoon(value))
}

export function time(value: string): string {
  return dates({ hour: '2-digit', minute: '2-digit', timeZone: place.timeZone }).format(new Date(value))
}

export function instant(value: string): string {
  return t`${date(value)}, ${time(value)}`
}

/** "3 weeks": how long ago, as coarse as a person would say it. */
export function ago(value: string): string {
  const days = -daysFromToday(value)
  if (days < 0) return ahead(-days)
  if (days === 0) return t`Today`
  if (days === 1) return t`Yesterday`
  if (days < 14) return plural(days, { one: '# day', other: '# days' })
  if (days < 60) return plural(Math.round(days / 7), { one: '# week', other: '# weeks' })
  if (days < 700) return plural(Math.round(days / 30.4), { one: '# month', other: '# months' })
  return plural(Math.round(days / 365), { one: '# year', other: '# years' })
}

export function ahead(days: number): string {
  if (days === 0) return t`Today`
  if (days === 1) return t`Tomorrow`
  return t`in ${days} d`
}

/** A label in the middle of a sentence. German nouns are not ours to lower, Chinese has no case. */
export function lower(label: string): string {
  return /^\p{Lu}\p{Ll}/u.test(label) && !place.locale.startsWith('de')
    ? label.charAt(0).toLocaleLowerCase(place.locale) + label.slice(1)
    : label
}
