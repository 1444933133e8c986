/**
 * Runs something when the next picture stands: a frame is drawn after what waits for it has run, and the task behind
 * that is the first with the picture on the screen. Answers how to call it off.
 */
export function afterFrame(run: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const frame = requestAnimationFrame(() => {
    timer = setTimeout(run)
  })
  return () => {
    cancelAnimationFrame(frame)
    clearTimeout(timer)
  }
}
