import { useLingui } from '@lingui/react/macro'
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import { Problem } from '../../api/client'
import type { Field, ObjectModel, RecordData } from '../../api/model'
import { readRecord, refresh, updateRecord } from '../../api/records'
import { openConflict } from '../edit/conflict'
import { titleOf } from '../list/TitleCell'
import { showProblem } from '../problem'
import { useUndo } from '../useUndo'
import { type Column, keyOf, type Move } from './columns'

/** A move the server refused because the next column asks for more. */
export interface Missing {
  record: RecordData
  to: Column
  fields: Field[]
  problem: Problem
}

/** Moves cards between columns: shown at once, undone by one click, explained when refused. */
export function useMoves(object: ObjectModel, group: Field) {
  const { t } = useLingui()
  const client = useQueryClient()
  const tellDone = useUndo()
  const [moves, setMoves] = useState<ReadonlyMap<string, Move>>(new Map())
  const [missing, setMissing] = useState<Missing | null>(null)

  const settle = useCallback((id: string) => {
    setMoves((before) => {
      const next = new Map(before)
      next.delete(id)
      return next
    })
  }, [])

  const move = useCallback(
    async (record: RecordData, to: Column, more: Record<string, unknown> = {}): Promise<void> => {
      const from = keyOf(record[group.name])
      if (from === to.key) return
      const title = titleOf(object, record)
      const value = group.type === 'link' ? { id: to.key, object: group.to ?? undefined, title: to.title } : to.key
      setMissing(null)
      setMoves((before) =>
        new Map(before).set(record.id, { record: { ...record, [group.name]: value }, from, to: to.key }),
      )
      try {
        const answer = await updateRecord(client, {
          object,
          id: record.id,
          values: { [group.name]: to.key || null, ...more },
          shown: { [group.name]: value },
          version: record.version,
        })
        const told = t`${title} moved to ${to.title}`
        tellDone(told, [answer.correlation], told)
        refresh(client, object.name, record.id)
        await client.invalidateQueries({ queryKey: ['board', object.name] })
      } catch (error) {
        if (error instanceof Problem && error.status === 409) {
          await explain(object, group, record, value, (current) => again.current(current, to, more))
        } else if (error instanceof Problem && asksForMore(error, object, group)) {
          setMissing({ record, to, problem: error, fields: object.fields.filter((field) => error.field(field.name)) })
        } else showProblem(error)
      } finally {
        settle(record.id)
      }
    },
    [client, object, group, settle, t, tellDone],
  )
  const again = useRef(move)
  useEffect(() => {
    again.current = move
  })

  return { moves, move, missing, forget: () => setMissing(null) }
}

/** Someone else was first: says who and where it is now, and lets this user choose. */
async function explain(
  object: ObjectModel,
  group: Field,
  record: RecordData,
  mine: unknown,
  keep: (current: RecordData) => Promise<void>,
): Promise<void> {
  const current = await readRecord(object, record.id, group.type === 'link' ? group.name : undefined).catch(() => null)
  openConflict({
    object,
    field: group,
    mine,
    theirs: current?.[group.name],
    by: typeof current?.updated_by === 'string' ? current.updated_by : null,
    keepMine: () => keep(current ? { ...record, version: current.version, [group.name]: current[group.name] } : record),
    takeTheirs: () => undefined,
  })
}

function asksForMore(problem: Problem, object: ObjectModel, group: Field): boolean {
  return (
    problem.status === 422 &&
    object.fields.some((field) => field.name !== group.name && problem.field(field.name) !== undefined)
  )
}
