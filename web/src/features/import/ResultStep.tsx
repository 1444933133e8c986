import { plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { IconArrowBackUp, IconDownload } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { ObjectModel } from '../../api/model'
import * as format from '../../kit/format'
import { problemText } from '../../objects/problem'
import css from './import.module.css'
import { changeImport, doImport, type Import, rejectedHref } from './importApi'

interface Props {
  current: Import
  target: ObjectModel
  onChanged: (next: Import) => void
}

/** What would happen, or what has: counts, reasons, the rejected rows as a file, and the way back. */
export function ResultStep({ current, target, onChanged }: Props) {
  const { t } = useLingui()
  const [fault, setFault] = useState<string | null>(current.problem)
  const [busy, setBusy] = useState<string>()
  const isTrial = current.state === 'checked'
  const taken = current.created + current.updated

  async function act(name: string, work: () => Promise<Import>): Promise<void> {
    setBusy(name)
    setFault(null)
    try {
      onChanged(await work())
    } catch (error) {
      setFault(problemText(error))
    }
    setBusy(undefined)
  }

  const counts = [
    { label: isTrial ? t`would be created` : t`created`, value: current.created },
    { label: isTrial ? t`would be updated` : t`updated`, value: current.updated },
    { label: t`skipped`, value: current.skipped },
    { label: t`rejected`, value: current.rejected },
  ]
  return (
    <div className={css.map}>
      <dl className={css.counts}>
        {counts.map((count) => (
          <div key={count.label}>
            <dd className="num">{format.number(count.value)}</dd>
            <dt>{count.label}</dt>
          </div>
        ))}
      </dl>
      {current.state === 'undone' && <p>{t`This import was taken back.`}</p>}
      {current.groups.length > 0 && (
        <>
          <h2 className={css.heading}>{t`What is wrong`}</h2>
          <ul className={css.problems}>
            {current.groups.slice(0, 50).map((group) => (
              <li key={`${group.header} ${group.value} ${group.message}`}>
                <b>{group.header}</b> {group.message}{' '}
                <span className="dim num">{plural(group.rows, { one: '# row', other: '# rows' })}</span>
                {group.nearest?.[0] && <span className="dim"> {t`Nearest: ${group.nearest[0]}`}</span>}
              </li>
            ))}
          </ul>
        </>
      )}
      {fault && (
        <p className={css.fault} role="alert">
          {fault}
        </p>
      )}
      <div className={css.buttons}>
        {isTrial && (
          <>
            <Button
              disabled={taken === 0}
              loading={busy === 'run'}
              onClick={() => void act('run', () => doImport(current.id, 'run'))}
            >
              {plural(taken, { one: 'Import # row', other: 'Import # rows' })}
            </Button>
            <Button
              variant="default"
              loading={busy === 'map'}
              onClick={() => void act('map', () => changeImport(current.id, { mapping: current.mapping }))}
            >
              {t`Back to the columns`}
            </Button>
          </>
        )}
        {current.state === 'done' && (
          <>
            <Button
              component={Link}
              {...({
                to: '/o/$path',
                params: { path: target.path },
                search: { sort: '-created_at', filter: '', shape: 'table' },
              } as object)}
            >
              {t`See ${format.lower(target.label_plural)}`}
            </Button>
            <Button
              variant="default"
              leftSection={<IconArrowBackUp size={15} />}
              loading={busy === 'undo'}
              onClick={() => void act('undo', () => doImport(current.id, 'undo'))}
            >
              {t`Take it all back`}
            </Button>
          </>
        )}
        {current.rejected > 0 && (
          <Button
            variant="default"
            component="a"
            href={rejectedHref(current.id)}
            download
            leftSection={<IconDownload size={15} />}
          >
            {t`Rejected rows as a file`}
          </Button>
        )}
      </div>
    </div>
  )
}
