import { useLingui } from '@lingui/react/macro'
import { ActionIcon } from '@mantine/core'
import { IconChartBar, IconTable } from '@tabler/icons-react'
import type { UseQueryResult } from '@tanstack/react-query'
import { type ReactNode, useId, useState } from 'react'
import { Loading } from '../../kit/Loading'
import { Trouble } from '../../objects/Trouble'
import css from './dashboard.module.css'

export interface TileRow {
  label: string
  values: string[]
  onOpen?: () => void
}

interface Props {
  title: string
  /** What the figures say, in a sentence; the drawing only repeats it. */
  sentence: string
  wide?: boolean
  heads: string[]
  rows: TileRow[]
  /** What the figures come from. */
  of: UseQueryResult[]
  /** Stands above the figures while they are on their way, too. */
  controls?: ReactNode
  children: ReactNode
}

/** A figure as a drawing or as a table, always with a sentence. */
export function Tile({ title, sentence, wide = false, heads, rows, of, controls, children }: Props) {
  const { t } = useLingui()
  const [asTable, setAsTable] = useState(false)
  const id = useId()
  const known = of.every((query) => query.isSuccess)
  return (
    <section className={css.tile} data-wide={wide} aria-labelledby={id}>
      <div className={css.tileHead}>
        <div className="grow">
          <h2 id={id} className={css.tileTitle}>
            {title}
          </h2>
          <p className={css.sentence} data-waiting={!known}>
            {sentence}
          </p>
        </div>
        <ActionIcon
          aria-label={asTable ? t`Show ${title} as a chart` : t`Show ${title} as a table`}
          onClick={() => setAsTable(!asTable)}
        >
          {asTable ? <IconChartBar size={16} /> : <IconTable size={16} />}
        </ActionIcon>
      </div>
      {controls}
      <Trouble of={of} />
      {of.some((query) => query.isLoading) && <Loading rows={5} />}
      {known && (asTable ? <TileTable heads={heads} rows={rows} /> : children)}
    </section>
  )
}

function TileTable({ heads, rows }: { heads: string[]; rows: TileRow[] }) {
  return (
    <table className={css.table}>
      <thead>
        <tr>
          {heads.map((head, at) => (
            <th key={head} scope="col" data-end={at > 0}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.label}>
            <th scope="row">
              {row.onOpen ? (
                <button type="button" className={css.open} onClick={row.onOpen}>
                  {row.label}
                </button>
              ) : (
                row.label
              )}
            </th>
            {row.values.map((value, at) => (
              <td key={at} className="num">
                {value}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
