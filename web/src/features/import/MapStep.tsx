import { useLingui } from '@lingui/react/macro'
import { Button, Select } from '@mantine/core'
import { useState } from 'react'
import type { ObjectModel } from '../../api/model'
import { useModel } from '../../api/ModelContext'
import { problemText } from '../../objects/problem'
import css from './import.module.css'
import { changeImport, doImport, type Import, type MappedColumn } from './importApi'
import { MapRow } from './MapRow'
import { targetOptions, withChosen } from './targets'

interface Props {
  current: Import
  target: ObjectModel
  onChanged: (next: Import) => void
}

/** What each column becomes, as proposed, with examples; then a trial run. */
export function MapStep({ current, target, onChanged }: Props) {
  const { t } = useLingui()
  const model = useModel()
  const [columns, setColumns] = useState(current.mapping.columns)
  const [match, setMatch] = useState(current.match)
  const [policy, setPolicy] = useState(current.policy)
  const [fault, setFault] = useState<string | null>(current.problem)
  const [busy, setBusy] = useState(false)
  const labels: Record<string, string> = {
    street: t`Street`,
    postal_code: t`Postal code`,
    city: t`City`,
    region: t`Region`,
    country: t`Country`,
  }
  const options = targetOptions(target, (part) => labels[part] ?? part)
  const used = columns.map((column) => column.to).filter((to): to is string => Boolean(to))
  const keys = [
    ...options.filter((option) => used.includes(option.value) || option.value === match),
    ...used.filter((to) => to.startsWith('external.') || to === 'id').map((to) => ({ value: to, label: to })),
  ]

  async function check(): Promise<void> {
    setBusy(true)
    setFault(null)
    try {
      await changeImport(current.id, { mapping: { ...current.mapping, columns }, match, policy })
      onChanged(await doImport(current.id, 'check'))
    } catch (error) {
      setFault(problemText(error))
      setBusy(false)
    }
  }

  const change = (at: number, changes: MappedColumn) =>
    setColumns(columns.map((column, index) => (index === at ? { ...column, ...changes } : column)))
  return (
    <div className={css.map}>
      <div className={css.scroll}>
        <table className={css.table}>
          <thead>
            <tr>
              <th scope="col">{t`Column`}</th>
              <th scope="col">{t`Examples`}</th>
              <th scope="col">{t`Becomes`}</th>
              <th scope="col">{t`When it is not known`}</th>
            </tr>
          </thead>
          <tbody>
            {columns.map((column, at) => (
              <MapRow
                key={`${column.header ?? column.text}`}
                column={column}
                samples={current.samples.get(column.header ?? '') ?? []}
                note={current.notes.get(column.header ?? '')}
                target={target}
                options={withChosen(options, column.to, column.to && model.walk(target.name, column.to)?.label)}
                onChange={(changes) => change(at, changes)}
              />
            ))}
          </tbody>
        </table>
      </div>
      <div className={css.rules}>
        <Select
          label={t`The same record has the same`}
          placeholder={t`Every row is new`}
          clearable
          data={keys}
          value={match}
          onChange={setMatch}
          clearButtonProps={{ 'aria-label': t`Clear` }}
        />
        {match && (
          <Select
            label={t`When it is there already`}
            allowDeselect={false}
            value={policy}
            onChange={(value) => value && setPolicy(value)}
            data={[
              { value: 'update', label: t`Update it` },
              { value: 'skip', label: t`Skip the row` },
              { value: 'create', label: t`Create another` },
            ]}
          />
        )}
      </div>
      {fault && (
        <p className={css.fault} role="alert">
          {fault}
        </p>
      )}
      <div className={css.buttons}>
        <Button loading={busy} onClick={() => void check()}>
          {t`Check all rows`}
        </Button>
        <span className="dim">{t`A trial: nothing is written.`}</span>
      </div>
    </div>
  )
}
