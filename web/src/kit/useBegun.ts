import { startTransition, useEffect, useState } from 'react'
import { afterFrame } from './afterFrame'

const signs = ['pointerdown', 'keydown', 'wheel', 'scroll', 'focusin']

/** Somebody has begun to do something with the page. */
const begun = new Promise<void>((resolve) => {
  for (const sign of signs) addEventListener(sign, () => resolve(), { capture: true, once: true, passive: true })
})

/** What is drawn first stands, since it is `ready`, and somebody is at the page: time for what is out of view. */
export function useBegun(ready = true): boolean {
  const [is, setIs] = useState(false)
  useEffect(() => {
    if (!ready) return
    let gone = false
    const leave = afterFrame(() => void begun.then(() => gone || startTransition(() => setIs(true))))
    return () => {
      gone = true
      leave()
    }
  }, [ready])
  return is
}
