import { expect, test } from 'vitest'
import { inTurn } from './turns'

/** A record on a server, on which others write too. */
function server(start: number) {
  let version = start
  const asked: (number | undefined)[] = []
  return {
    asked,
    others: () => version++,
    write: async (seen: number | undefined) => {
      asked.push(seen)
      await Promise.resolve()
      version++
      return { data: { version } }
    },
  }
}

test('quick writes of one person follow each other on the version that each has made', async () => {
  const record = server(4)
  await Promise.all([1, 2, 3].map(() => inTurn('a', 4, record.write)))
  expect(record.asked).toEqual([4, 5, 6])
})

test('what somebody else wrote between stays a conflict', async () => {
  const record = server(4)
  await inTurn('b', 4, record.write)
  record.others()
  await inTurn('b', 6, record.write)
  await inTurn('b', 4, record.write)
  expect(record.asked).toEqual([4, 6, 4])
})

test('a write that was refused does not hold up the next', async () => {
  const record = server(1)
  await expect(inTurn('c', 1, () => Promise.reject(new Error('refused')))).rejects.toThrow('refused')
  await inTurn('c', 1, record.write)
  expect(record.asked).toEqual([1])
})
