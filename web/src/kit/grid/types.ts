import type { ReactNode } from 'react'

export interface GridColumn<R> {
  id: string
  label: string
  width: number
  end?: boolean
  sortable?: boolean
  sorted?: 'asc' | 'desc'
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
