import { type RefObject, useEffect, useState } from 'react'

/**
 * Something was in view of what scrolls around it, or within half a view of it: then it is worth reading for. What is
 * `near` from the beginning need not be looked for.
 */
export function useNear(box: RefObject<Element | null>, begin: boolean): boolean {
  const [near, setNear] = useState(begin)
  useEffect(() => {
    const element = box.current
    if (near || !element) return
    const seen = new IntersectionObserver((entries) => setNear(entries.some((entry) => entry.isIntersecting)), {
      root: element.parentElement,
      rootMargin: '0px 50%',
    })
    seen.observe(element)
    return () => seen.disconnect()
  }, [box, near])
  return near
}
