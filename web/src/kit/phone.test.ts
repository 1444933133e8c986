import { expect, test } from 'vitest'
import { phone } from './format'

test.each([
  ['+390417881816', '+39 041 788 1816'],
  ['+8613812345678', '+86 138 1234 5678'],
  ['+442071234567', '+44 207 123 4567'],
  ['+35312345678', '+353 1234 5678'],
  ['041 788 18', '041 788 18'],
  ['+39 1', '+39 1'],
])('%s is shown as %s', (number, shown) => {
  expect(phone(number)).toBe(shown)
})
