import { startTransition, useEffect, useState } from 'react'

/** So many pixels of the window at least are no list: heading, tabs, tools. */
const above = 200

const signs = ['pointerdown', 'keydown', 'wheel', 'scroll', 'focusin']

/** Somebody has begun to do something with the page. */
const begun = new Promise<void>((resolve) => {
  for (const sign of signs) addEventListener(sign, () => resolve(), { capture: true, once: true, passive: true })
})

/** What is in view of a list of so many pixels a row; all of it once that stands and somebody is at the page. */
export function useFirstFew<T>(rows: T[], size: number): T[] {
  const [all, setAll] = useState(false)
  const some = rows.length > 0
  useEffect(() => {
    if (!some) return
    let gone = false
    // A frame is drawn after what waits for it has run: the task behind that is the first with the rows on the screen.
    let timer: ReturnType<typeof setTimeout> | undefined
    const frame = requestAnimationFrame(() => {
      timer = setTimeout(() => void begun.then(() => gone || startTransition(() => setAll(true))))
    })
    return () => {
      gone = true
      cancelAnimationFrame(frame)
      clearTimeout(timer)
    }
  }, [some])
  const few = Math.ceil((innerHeight - above) / size)
  return all || rows.length <= few ? rows : rows.slice(0, few)
}
