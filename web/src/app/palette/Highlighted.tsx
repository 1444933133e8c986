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
