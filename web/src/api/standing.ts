/** Readings wait so many milliseconds for the stream of changes to stand. */
const patience = 150

let coming: Promise<void> | undefined
let arrived: () => void = () => undefined
let stood = false
let early = false
let pulse: string | undefined

/**
 * The stream of changes is being opened. The page may know the pulse of the server as it was when the page was made:
 * where the stream begins with the same, nothing has changed between the two, and reading need not wait.
 */
export function opens(pulseOfPage: string | undefined): void {
  pulse = pulseOfPage
  coming = new Promise((resolve) => (arrived = resolve))
}

/** It stands. Tells whether something that was read before may have changed unheard. */
export function stands(pulseOfStream: string | undefined): boolean {
  const unchanged = pulse !== undefined && pulse === pulseOfStream
  pulse = undefined
  stood = true
  arrived()
  return early && !unchanged
}

/** There is no stream any more: what is known may change unheard from now on. */
export function ends(): void {
  arrived()
  coming = undefined
  pulse = undefined
  stood = false
  early = true
}

/**
 * Before a reading: the word that it stands has mostly come already and waits for its turn behind the page that is being
 * drawn. What is read after it need not be read again.
 */
export async function standing(): Promise<void> {
  if (stood) return
  if (coming && pulse === undefined)
    await Promise.race([coming, new Promise((resolve) => setTimeout(resolve, patience))])
  if (stood) return
  coming = undefined
  early = true
}
