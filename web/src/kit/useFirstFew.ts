import { startTransition, useEffect, useState } from 'react'

/** What is in view of a list of so many pixels a row; all of it once that stands on the screen. */
export function useFirstFew<T>(rows: T[], size: number): T[] {
  const [all, setAll] = useState(false)
  const begun = rows.length > 0
  useEffect(() => {
    if (!begun) return
    // A frame is drawn after what waits for it has run: the task behind that is the first with the rows on the screen.
    let timer: ReturnType<typeof setTimeout> | undefined
    const frame = requestAnimationFrame(() => {
      timer = setTimeout(() => startTransition(() => setAll(true)))
    })
    return () => {
      cancelAnimationFrame(frame)
      clearTimeout(timer)
    }
  }, [begun])
  const few = Math.ceil(innerHeight / size)
  return all || rows.length <= few ? rows : rows.slice(0, few)
}
