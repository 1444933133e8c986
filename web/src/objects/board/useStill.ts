import { useState } from 'react'

/**
 * The value as it was when the stillness began, for as long as it lasts. While a card is in the air nothing moves under
 * it, and the card itself stays on the page: a browser does not tell the end of a drag whose element is gone.
 */
export function useStill<T>(value: T, still: boolean): T {
  const [kept, setKept] = useState(value)
  if (!still && kept !== value) setKept(value)
  return still ? kept : value
}
