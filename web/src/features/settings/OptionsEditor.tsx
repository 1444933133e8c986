import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Field, ObjectModel } from '../../api/model'
import { reportQuery } from '../../api/queries'
import { say } from '../../kit/Live'
import { Loading } from '../../kit/Loading'
import { showToast } from '../../kit/toast'
import { problemText, showProblem } from '../../objects/problem'
import { type EditableOption, optionsQuery, saveOptions } from './choices'
import { OptionDialog } from './OptionDialog'
import { OptionRows } from './OptionRows'
import { moved } from './order'
import css from './settings.module.css'

/** The options of one choice. Each change holds at once, for everybody. */
export function OptionsEditor({ object, field }: { object: ObjectModel; field: Field }) {
  const { t } = useLingui()
  const client = useQueryClient()
  const query = optionsQuery(object.name, field.name)
  const found = useQuery(query)
  const grouped = { object: object.name, group_by: [{ field: field.name }], measures: [{ fn: 'count' }] }
  const report = useQuery(reportQuery(grouped, field.groupable === true))
  const [ask, setAsk] = useState<{ option: EditableOption | null } | null>(null)

  async function save(options: EditableOption[]): Promise<void> {
    await saveOptions(object.name, field.name, options)
    await client.invalidateQueries({ queryKey: query.queryKey })
    await client.invalidateQueries({ queryKey: ['model'] })
    say(t`Saved`)
    showToast({ message: t`Saved` })
  }

  if (found.error)
    return (
      <p className={css.fault} role="alert">
        {problemText(found.error)}
      </p>
    )
  if (!found.data) return <Loading />
  const { options, means } = found.data
  const used = new Map(
    (report.data?.rows ?? []).map((row) => [String(row[field.name] ?? ''), Number(row.count ?? 0)] as const),
  )
  const put = (changed: EditableOption, before: EditableOption | null) =>
    before ? options.map((option) => (option === before ? changed : option)) : [...options, changed]
  return (
    <>
      <OptionRows
        options={options}
        used={used}
        onEdit={(option) => setAsk({ option })}
        onMove={(at, by) => void save(moved(options, at, by)).catch(showProblem)}
        onRetire={(option, retired) => void save(put({ ...option, retired }, option)).catch(showProblem)}
      />
      <Button variant="default" leftSection={<IconPlus size={15} />} onClick={() => setAsk({ option: null })}>
        {t`Add an option`}
      </Button>
      {ask && (
        <OptionDialog
          option={ask.option}
          means={means}
          onSave={(changed) => save(put(changed, ask.option))}
          onClose={() => setAsk(null)}
        />
      )}
    </>
  )
}
