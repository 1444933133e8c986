import { expect, test } from 'vitest'
import { tree } from './tree'

const team = (id: string, parent?: string) => ({
  id,
  version: 1,
  name: id,
  parent: parent ? { id: parent, title: parent } : null,
})

test('each team stands before those below it', () => {
  const teams = [
    team('Bari', 'South'),
    team('Milan', 'North'),
    team('North', 'Italy'),
    team('Italy'),
    team('South', 'Italy'),
  ]
  expect(tree(teams).map(({ team: one, depth }) => `${'-'.repeat(depth)}${one.id}`)).toEqual([
    'Italy',
    '-North',
    '--Milan',
    '-South',
    '--Bari',
  ])
})

test('a team below one that may not be seen stands on top', () => {
  expect(tree([team('Milan', 'gone')])).toMatchObject([{ depth: 0 }])
})
