import { currentPlace } from '../../kit/format'
import { parseNumber } from '../../kit/number'

/** What cannot be read as a number is passed on as typed, so that the server's refusal stands at the field. */
export function readTyped(text: string): string | null {
  return text.trim() === '' ? null : (parseNumber(text, currentPlace().locale) ?? text)
}
