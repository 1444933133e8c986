import { createContext, useContext } from 'react'

/** The record with everything of its kind that hangs below it. */
export interface Group {
  /** The reverse field that leads down, such as `subsidiaries`. */
  list: string
  label: string
  ids: string[]
}

interface State {
  group: Group | null
  on: boolean
  setOn: (on: boolean) => void
}

export const GroupContext = createContext<State>({ group: null, on: false, setOn: () => undefined })

/** The group, while the page is to show all of it. */
export function useGroup(): Group | null {
  const { group, on } = useContext(GroupContext)
  return on ? group : null
}
