import type { Matched } from '../../api/queries'
import css from './palette.module.css'

const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/** Marks where the words typed begin in a title, whatever their accents. */
export function Highlighted({ text, words }: { text: string; words: string }) {
  const wanted = plain(words).split(/\s+/).filter(Boolean)
  if (wanted.length === 0) return <>{text}</>
  const parts = text.split(/(?<=\s)|(?=\s)/)
  return (
    <>
      {parts.map((part, at) => {
        const word = wanted.find((candidate) => plain(part).startsWith(candidate))
        const key = at
        return word ? (
          <span key={key}>
            <mark className={css.mark}>{part.slice(0, word.length)}</mark>
            {part.slice(word.length)}
          </span>
        ) : (
          <span key={key}>{part}</span>
        )
      })}
    </>
  )
}

/** A value by which something was found, with the place that was asked for. */
export function Marked({ label, named, text, from, to }: Matched & { named: boolean }) {
  const characters = [...text]
  const piece = (begin: number, end?: number) => characters.slice(begin, end).join('')
  return (
    <>
      {named && `${label}: `}
      {from === null || to === null ? (
        text
      ) : (
        <>
          {piece(0, from)}
          <mark className={css.mark}>{piece(from, to)}</mark>
          {piece(to)}
        </>
      )}
    </>
  )
}
