import { type ComponentType, type ReactNode, useEffect, useState } from 'react'

/**
 * A large part of a page whose code comes when it is first drawn, or `atOnce`. It appears as soon as it has come; a
 * suspended part is held back by React for a third of a second after its fallback was shown.
 */
export function later<P extends object>(
  load: () => Promise<ComponentType<P>>,
  waiting: ReactNode = null,
  atOnce = false,
): ComponentType<P> {
  let known: ComponentType<P> | undefined
  let coming: Promise<void> | undefined
  const begin = () => (coming ??= load().then((part) => void (known = part)))
  if (atOnce) begin().catch(() => undefined)
  return function Later(props: P) {
    const [Part, setPart] = useState(() => known)
    const [fault, setFault] = useState<unknown>()
    useEffect(() => {
      if (known) {
        setPart(() => known)
        return
      }
      let gone = false
      begin().then(
        () => {
          if (!gone) setPart(() => known)
        },
        (error: unknown) => {
          coming = undefined
          if (!gone) setFault(error)
        },
      )
      return () => {
        gone = true
      }
    }, [])
    if (fault) throw fault
    return Part ? <Part {...props} /> : waiting
  }
}

/** The server has named the file of a part in the page, for the page will show it. */
export function cameAlong(part: string): boolean {
  const links = [...document.querySelectorAll<HTMLLinkElement>('head link[rel=modulepreload]')]
  return links.some((link) => link.href.includes(`/${part}-`))
}
