/** How the stream of changes is heard: by name of the event, with its data. */
export interface Hearing {
  events: Record<string, (data: string) => void>
  /** The stream stands, for the first time or again; what happened before may have passed unheard. */
  begun: (data: string) => void
}

/** The server says something every fifteen seconds; a line that is silent for longer than this is dead. */
export const silence = 45_000
/** A page that nobody looks at lets go of its line after this long: a browser has only six for all its tabs. */
export const unseen = 10_000
const shortest = 2_000
const longest = 30_000

/** Keeps one stream of server-sent events open while somebody looks at the page; gives back how to end it. */
export function holdLine(url: string, { events, begun }: Hearing): () => void {
  let source: EventSource | null = null
  let heard = 0
  let pause = shortest
  let retry: ReturnType<typeof setTimeout> | undefined
  let leaving: ReturnType<typeof setTimeout> | undefined

  function open(): void {
    close()
    heard = Date.now()
    const line = new EventSource(url)
    source = line
    const on = (name: string, run: (data: string) => void) =>
      line.addEventListener(name, (event) => {
        heard = Date.now()
        run((event as MessageEvent<string>).data)
      })
    on('hello', (data) => {
      pause = shortest
      begun(data)
    })
    on('ping', () => undefined)
    for (const [name, run] of Object.entries(events)) on(name, run)
    // The browser itself comes back after a broken line, but not after a refusal: a proxy while the server starts anew.
    line.addEventListener('error', () => {
      if (line !== source || line.readyState !== EventSource.CLOSED) return
      retry = setTimeout(look, pause)
      pause = Math.min(pause * 2, longest)
      close(false)
    })
  }

  function close(forGood = true): void {
    source?.close()
    source = null
    if (forGood) clearTimeout(retry)
  }

  function look(): void {
    clearTimeout(leaving)
    if (document.visibilityState === 'hidden') leaving = setTimeout(close, unseen)
    else if (!source || Date.now() - heard > silence) open()
  }

  const watch = setInterval(() => {
    if (source && document.visibilityState === 'visible') look()
  }, silence / 3)
  document.addEventListener('visibilitychange', look)
  if (document.visibilityState === 'visible') open()
  return () => {
    document.removeEventListener('visibilitychange', look)
    clearInterval(watch)
    clearTimeout(leaving)
    close()
  }
}
