import { useBegun } from './useBegun'

/** So many pixels of the window at least are no list: heading, tabs, tools. */
const above = 200

/** What is in view of a list of so many pixels a row; all of it once that stands and somebody is at the page. */
export function useFirstFew<T>(rows: T[], size: number): T[] {
  const all = useBegun(rows.length > 0)
  const few = Math.ceil((innerHeight - above) / size)
  return all || rows.length <= few ? rows : rows.slice(0, few)
}
