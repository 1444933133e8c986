import { NextWord } from './NextWord'

/** When the next step is due, in words: late ones are told as late. */
export const nextCell = (at: unknown) => <NextWord at={at} />
