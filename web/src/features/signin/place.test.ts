import { expect, test } from 'vitest'
import { guessPlace } from './place'

test.each([
  [['it-IT', 'en'], { country: 'IT', currency: 'EUR' }],
  [['it-CH'], { country: 'CH', currency: 'CHF' }],
  [['zh-Hans-CN'], { country: 'CN', currency: 'CNY' }],
  [['zh'], { currency: 'CNY' }],
  [['it', 'en-GB'], { country: 'GB', currency: 'GBP' }],
  [['de'], { currency: 'EUR' }],
  [['es-419'], { currency: 'EUR' }],
])('a browser that speaks %j is at %j', (languages, place) => expect(guessPlace(languages)).toEqual(place))
