import { type ComponentType, type ReactNode, useEffect, useState } from 'react'

/**
 * A large part of a page whose code comes when it is first drawn. It appears as soon as it has come; a suspended part
 * is held back by React for a third of a second after its fallback was shown.
 */
export function later<P extends object>(
  load: () => Promise<ComponentType<P>>,
  waiting: ReactNode = null,
): ComponentType<P> {
  let known: ComponentType<P> | undefined
  return function Later(props: P) {
    const [Part, setPart] = useState(() => known)
    const [fault, setFault] = useState<unknown>()
    useEffect(() => {
      if (known) return
      let gone = false
      load().then(
        (part) => {
          known = part
          if (!gone) setPart(() => part)
        },
        (error: unknown) => {
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
