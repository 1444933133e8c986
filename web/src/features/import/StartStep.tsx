import { useLingui } from '@lingui/react/macro'
import { Button, FileInput, Select } from '@mantine/core'
import { IconFileSpreadsheet } from '@tabler/icons-react'
import { type DragEvent, useState } from 'react'
import type { ObjectModel } from '../../api/model'
import { problemText } from '../../objects/problem'
import css from './import.module.css'
import { type Import, startImport } from './importApi'

interface Props {
  targets: ObjectModel[]
  start?: string
  onStarted: (made: Import) => void
}

/** Which file, and what its rows are. */
export function StartStep({ targets, start, onStarted }: Props) {
  const { t } = useLingui()
  const [object, setObject] = useState(targets.find((target) => target.name === start)?.name ?? targets[0]?.name ?? '')
  const [file, setFile] = useState<File | null>(null)
  const [fault, setFault] = useState<string>()
  const [busy, setBusy] = useState(false)

  async function begin(): Promise<void> {
    if (!file) return
    setBusy(true)
    setFault(undefined)
    try {
      onStarted(await startImport(object, file))
    } catch (error) {
      setFault(problemText(error))
      setBusy(false)
    }
  }

  function drop(event: DragEvent): void {
    event.preventDefault()
    setFile(event.dataTransfer.files[0] ?? null)
  }

  return (
    <form
      className={css.start}
      onDragOver={(event) => event.preventDefault()}
      onDrop={drop}
      onSubmit={(event) => {
        event.preventDefault()
        void begin()
      }}
    >
      <Select
        label={t`The rows are`}
        data={targets.map((target) => ({ value: target.name, label: target.label_plural }))}
        value={object}
        allowDeselect={false}
        onChange={(value) => value && setObject(value)}
      />
      <FileInput
        label={t`File`}
        size="xs"
        description={t`CSV, Excel, vCard or JSON lines; you can also drop it here.`}
        placeholder={t`Choose a file`}
        accept=".csv,.tsv,.txt,.xlsx,.vcf,.jsonl,.json"
        leftSection={<IconFileSpreadsheet size={16} />}
        value={file}
        onChange={setFile}
      />
      {fault && (
        <p className={css.fault} role="alert">
          {fault}
        </p>
      )}
      <Button type="submit" disabled={!file} loading={busy}>
        {t`Look into the file`}
      </Button>
      <p className="dim">{t`Nothing is written yet: first you see what each column becomes.`}</p>
    </form>
  )
}
