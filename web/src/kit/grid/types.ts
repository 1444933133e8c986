import type { ReactNode } from 'react'

export interface GridColumn<R> {
  id: string
  label: string
  width: number
  end?: boolean
  sortable?: boolean
  sorted?: 'asc' | 'desc'
  /** Its place among several that rows are sorted by, from 1. */
  order?: number
  /** Where it stays when the grid is moved sideways, in pixels from its edge. */
  left?: number
  /** The last one that stays. */
  edge?: boolean
  editable?: boolean
  /** Plain elements only. */
  cell: (row: R) => ReactNode
}

export interface GridRow {
  id: string
}

export interface Cursor {
  row: number
  column: number
}
