import * as format from '../../kit/format'
import { NextWord } from './NextWord'

/** When the next step is due, in words: late ones are told as late. */
export const nextCell = (at: unknown) => (
  <span title={typeof at === 'string' ? format.dateLong(at) : undefined}>
    <NextWord at={at} />
  </span>
)
