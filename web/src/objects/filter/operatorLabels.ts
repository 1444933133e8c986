import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { OperatorName } from '../../fields/operators'

export const operatorLabels: Record<OperatorName, MessageDescriptor> = {
  contains: msg`contains`,
  not_contains: msg`does not contain`,
  is: msg`is`,
  is_not: msg`is not`,
  is_any: msg`is any of`,
  is_none: msg`is none of`,
  includes: msg`includes`,
  more: msg`is more than`,
  less: msg`is less than`,
  at_least: msg`is at least`,
  at_most: msg`is at most`,
  on: msg`is on`,
  before: msg`is before`,
  after: msg`is after`,
  period: msg`is`,
  yes: msg`is yes`,
  no: msg`is no`,
  mine: msg`is me`,
  my_teams: msg`is one of my teams`,
  empty: msg`is empty`,
  not_empty: msg`is not empty`,
}

/** One option "is", several "is any of". */
export function operatorLabel(op: OperatorName, count: number): MessageDescriptor {
  if (count === 1 && op === 'is_any') return operatorLabels.is
  if (count === 1 && op === 'is_none') return operatorLabels.is_not
  return operatorLabels[op]
}

const alone: OperatorName[] = ['yes', 'no', 'mine', 'my_teams', 'empty', 'not_empty']

export const needsValue = (op: OperatorName) => !alone.includes(op)
