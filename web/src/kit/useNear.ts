import { type RefObject, useEffect, useState } from 'react'

/**
 * Something was in view, or within a margin of what scrolls around it, or is about to be printed: then it is worth
 * reading or drawing for. What is `near` from the beginning need not be looked for.
 */
export function useNear(box: RefObject<Element | null>, margin: `${number}%`, begin = false): boolean {
  const [near, setNear] = useState(begin)
  useEffect(() => {
    const element = box.current
    if (near || !element) return
    const come = () => setNear(true)
    // A browser without `scrollMargin` (Firefox before 141) comes when the thing itself is in view.
    const options: IntersectionObserverInit & { scrollMargin: string } = { scrollMargin: margin }
    const seen = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) come()
    }, options)
    seen.observe(element)
    addEventListener('beforeprint', come)
    return () => {
      seen.disconnect()
      removeEventListener('beforeprint', come)
    }
  }, [box, margin, near])
  return near
}
