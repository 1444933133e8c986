import { expect, test } from 'vitest'
import { splitCommand } from './command'

test.each([
  ['new deal for Valsesia', ['new deal', 'Valsesia']],
  ['nuova trattativa per Valsesia Logistics', ['nuova trattativa', 'Valsesia Logistics']],
  ['新建商机给上海', ['新建商机', '上海']],
  ['rossi mil', ['rossi mil', '']],
  ['new deal for ', ['new deal for ', '']],
])('%s is a verb and what it is about', (typed, expected) => {
  expect(splitCommand(typed)).toEqual(expected)
})
