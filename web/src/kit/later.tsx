import { type ComponentType, type ReactNode, startTransition, useEffect, useState } from 'react'

/** Whatever it takes. */
type Part = ComponentType<never>

/** Parts of a page that come in a file of their own. */
export interface PartFile<M> {
  /** Begins to fetch it, so that it is there when it is wanted. */
  fetch: () => void
  /** A part of it, and what stands there until it has come. */
  part: <K extends keyof M>(name: K, waiting?: ReactNode) => M[K] extends Part ? M[K] : never
}

/**
 * A part of a file that is there is drawn in one picture with what is around it; any other appears as soon as it has come.
 * React's own `lazy` suspends in both cases, and holds the part back for a third of a second once a fallback was shown.
 */
export function fileOf<M extends object>(load: () => Promise<M>): PartFile<M> {
  let file: M | undefined
  let coming: Promise<M> | undefined
  const begin = () => {
    coming ??= load().then(
      (it) => (file = it),
      (error: unknown) => {
        coming = undefined
        throw error
      },
    )
    return coming
  }
  const part = (name: keyof M, waiting: ReactNode = null) => {
    const known = () => file?.[name] as ComponentType<object> | undefined
    return function Later(props: object) {
      const [Drawn, setDrawn] = useState(known)
      const [fault, setFault] = useState<unknown>()
      useEffect(() => {
        let gone = false
        const here = (then: () => void) => () => gone || startTransition(then)
        begin().then(
          here(() => setDrawn(known)),
          (error: unknown) => here(() => setFault(error))(),
        )
        return () => {
          gone = true
        }
      }, [])
      if (fault) throw fault
      return Drawn ? <Drawn {...props} /> : waiting
    }
  }
  return {
    // One that does not come is told of where a part of it is drawn.
    fetch: () => void begin().catch(() => undefined),
    part: part as PartFile<M>['part'],
  }
}

/** The server has named the file of a part in the page, for the page will show it. */
export function cameAlong(part: string): boolean {
  const links = [...document.querySelectorAll<HTMLLinkElement>('head link[rel=modulepreload]')]
  return links.some((link) => link.href.includes(`/${part}-`))
}
