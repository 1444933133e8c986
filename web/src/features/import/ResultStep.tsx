import { plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import type { ObjectModel } from '../../api/model'
import * as format from '../../kit/format'
import { problemText } from '../../objects/problem'
import { Decisions } from './Decisions'
import { decidable, type Decision, made, withDecisions, without } from './decide'
import css from './import.module.css'
import { changeImport, doImport, type Import, type Mapping, rejectedHref } from './importApi'
import { Counts } from './Counts'
import { Fates } from './Fates'
import { MadeDecisions } from './MadeDecisions'
import { TakeBack } from './TakeBack'
import { Wrong } from './Wrong'

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
  const top = useRef<HTMLDivElement>(null)
  const [decisions, setDecisions] = useState(new Map<string, Decision>())
  const open = isTrial ? decidable(current.groups) : []
  const others = current.groups.filter((group) => !open.some((known) => known === group))
  const before = isTrial ? made(current.mapping) : []
  const taken = current.created + current.updated

  useEffect(() => {
    top.current?.scrollIntoView({ block: 'nearest' })
  }, [current])

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

  /** Another mapping, tried at once: what is decided shows what it does. */
  const retry = (name: string, mapping: Mapping) =>
    act(name, async () => {
      await changeImport(current.id, { mapping })
      const next = await doImport(current.id, 'check')
      setDecisions(new Map())
      return next
    })

  return (
    <div className={css.map}>
      <div ref={top} className={css.top}>
        <Counts current={current} />
      </div>
      {current.state === 'undone' && (
        <div role="status">
          <p>{t`This import was taken back.`}</p>
          <Fates fates={current.fates} />
        </div>
      )}
      {open.length > 0 && <Decisions groups={open} target={target} decisions={decisions} onChange={setDecisions} />}
      {before.length > 0 && (
        <MadeDecisions
          all={before}
          target={target}
          isYours={({ column, value }) =>
            open.some((group) => group.header === column.header && group.value === value && group.remedy.is_yours)
          }
          onTakeBack={(one) => void retry('check', without(current.mapping, one))}
        />
      )}
      {others.length > 0 && <Wrong groups={others} />}
      {fault && (
        <p className={css.fault} role="alert">
          {fault}
        </p>
      )}
      <div className={css.buttons}>
        {isTrial && (
          <>
            {decisions.size > 0 && (
              <Button
                loading={busy === 'check'}
                onClick={() => void retry('check', withDecisions(current.mapping, open, decisions))}
              >
                {plural(decisions.size, { one: 'Check with # decision', other: 'Check with # decisions' })}
              </Button>
            )}
            <Button
              variant={decisions.size > 0 ? 'default' : 'filled'}
              disabled={taken === 0 || decisions.size > 0}
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
        )}
        {(current.state === 'done' || current.state === 'failed') && (
          <TakeBack
            current={current}
            busy={busy === 'undo'}
            takeBack={() => act('undo', () => doImport(current.id, 'undo'))}
            onFault={setFault}
          />
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
