import { useLingui } from '@lingui/react/macro'
import { NativeSelect, Select } from '@mantine/core'
import type { ObjectModel } from '../../api/model'
import css from './import.module.css'
import type { MappedColumn } from './importApi'
import { canBeUnknown, type TargetOption } from './targets'

interface Props {
  column: MappedColumn
  samples: string[]
  note?: string
  target: ObjectModel
  options: TargetOption[]
  onChange: (changes: MappedColumn) => void
}

export function MapRow({ column, samples, note, target, options, onChange }: Props) {
  const { t } = useLingui()
  const header = column.header ?? String(column.text ?? '')
  return (
    <tr>
      <th scope="row">{header}</th>
      <td>
        <span className={css.samples}>{samples.slice(0, 3).join(' · ')}</span>
        {note && <span className={css.note}>{note}</span>}
      </td>
      <td>
        <Select
          aria-label={t`What “${header}” becomes`}
          placeholder={t`Left out`}
          searchable
          clearable
          data={options}
          value={column.to ?? null}
          nothingFoundMessage={t`Nothing matches`}
          onChange={(to) => onChange({ to: to ?? undefined })}
          clearButtonProps={{ 'aria-label': t`Leave out` }}
        />
      </td>
      <td>
        {canBeUnknown(target, column.to) && (
          <NativeSelect
            size="xs"
            aria-label={t`When a value of “${header}” is not known`}
            value={column.unknown ?? 'refuse'}
            onChange={(event) => onChange({ unknown: event.currentTarget.value as MappedColumn['unknown'] })}
            data={[
              { value: 'refuse', label: t`Refuse the row` },
              { value: 'create', label: t`Create it` },
              { value: 'empty', label: t`Leave it empty` },
            ]}
          />
        )}
      </td>
    </tr>
  )
}
