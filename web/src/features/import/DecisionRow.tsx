import { plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { NativeSelect } from '@mantine/core'
import { useState } from 'react'
import type { ObjectModel } from '../../api/model'
import { useModel } from '../../api/ModelContext'
import { Editor } from '../../fields/Editor'
import { linked } from '../../fields/link'
import css from './decisions.module.css'
import type { Decided, Decision } from './decide'
import type { Unknown } from './importApi'

interface Props {
  group: Decided
  target: ObjectModel
  decision: Decision | null
  onDecide: (decision: Decision | null) => void
}

const near = 'near:'

/** One value with what it may become; one that is there already is looked for in the field's own way. */
export function DecisionRow({ group, target, decision, onDecide }: Props) {
  const { t } = useLingui()
  const model = useModel()
  const chosen = decision?.kind === 'map' && !group.nearest?.includes(decision.to) ? decision.to : null
  const [picking, setPicking] = useState(chosen !== null)
  const [picked, setPicked] = useState<unknown>(chosen)
  const { may, now, object, field: name, is_yours: isYours } = group.remedy
  const field = model.field(object, name) ?? target.fields.find((candidate) => candidate.name === name)
  const nearest = group.nearest ?? []
  const byName = decision?.kind === 'map' && nearest.includes(decision.to)
  const value = picking ? 'pick' : byName ? near + decision.to : (decision?.kind ?? now)

  function choose(next: string): void {
    setPicking(next === 'pick')
    setPicked(null)
    if (next.startsWith(near)) onDecide({ kind: 'map', to: next.slice(near.length) })
    else onDecide(next === 'pick' || next === now ? null : { kind: next as Unknown })
  }

  return (
    <li className={css.row}>
      <span className={css.value}>{group.value}</span>
      <span className="dim num">{plural(group.rows, { one: '# row', other: '# rows' })}</span>
      <NativeSelect
        size="sm"
        aria-label={t`What “${group.value}” becomes`}
        value={value}
        onChange={(event) => choose(event.currentTarget.value)}
        data={[
          { value: 'refuse', label: t`Refuse the rows` },
          ...(may.includes('map')
            ? [
                ...nearest.map((known) => ({ value: near + known, label: t`It is ${known}` })),
                { value: 'pick', label: t`It is another one …` },
              ]
            : []),
          ...(may.includes('create') ? [{ value: 'create', label: t`Create “${group.value}”` }] : []),
          ...(may.includes('empty')
            ? [{ value: 'empty', label: isYours ? t`It becomes yours` : t`Leave it empty` }]
            : []),
        ]}
      />
      {picking && field && (
        <div className={css.pick}>
          <Editor
            // One is chosen here, even for a field that holds several.
            field={{ ...field, type: one[field.type] ?? field.type, required: true, writable: true }}
            object={object}
            label={t`Which one “${group.value}” is`}
            value={picked}
            autoFocus
            onChange={(next) => {
              setPicked(next)
              const to = typeof next === 'string' ? next : linked(next)?.id
              onDecide(to ? { kind: 'map', to } : null)
            }}
          />
        </div>
      )}
    </li>
  )
}

const one: Partial<Record<string, 'link' | 'choice'>> = { links: 'link', choices: 'choice' }
