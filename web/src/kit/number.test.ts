import { describe, expect, test } from 'vitest'
import { parseNumber } from './number'

describe('a number as people type it', () => {
  test.each([
    ['1.250,50', 'it', '1250.5'],
    ['1,250.50', 'en', '1250.5'],
    ['1,250.50', 'it', '1250.5'],
    ['1.250,50', 'en', '1250.5'],
    ['1.250', 'it', '1250'],
    ['1.250', 'en', '1.25'],
    ['1,250', 'en', '1250'],
    ['1,250', 'it', '1.25'],
    ['0.125', 'it', '0.125'],
    ['12k', 'en', '12000'],
    ['1,5k', 'it', '1500'],
    ['2.5m', 'en', '2500000'],
    ['3万', 'zh', '30000'],
    ['€ 1 250,5', 'it', '1250.5'],
    ['EUR 90', 'en', '90'],
    ['CHF 1’250.50', 'de-CH', '1250.5'],
    ['1.234.567', 'it', '1234567'],
    ['25 %', 'it', '25'],
    ['-0', 'en', '0'],
    ['-12,5', 'it', '-12.5'],
    ['007', 'en', '7'],
    ['１２３', 'zh', '123'],
    ['9007199254740993.1', 'en', '9007199254740993.1'],
  ])('%s in %s is %s', (text, locale, expected) => {
    expect(parseNumber(text, locale)).toBe(expected)
  })

  test.each(['', 'abc', '1.2.3,4,5', '12x', '--3', '1e5', ','])('%s is refused', (text) => {
    expect(parseNumber(text, 'en')).toBeNull()
  })
})
