import { plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import type { ObjectModel } from '../../api/model'
import { Fold } from '../../kit/Fold'
import css from './decisions.module.css'
import { DecisionRow } from './DecisionRow'
import { type Decided, type Decision, keyOf } from './decide'

interface Props {
  groups: Decided[]
  target: ObjectModel
  decisions: ReadonlyMap<string, Decision>
  onChange: (next: Map<string, Decision>) => void
}

/** Values that nobody knows: each is decided once, for all rows that have it. */
export function Decisions({ groups, target, decisions, onChange }: Props) {
  const { t } = useLingui()
  const headers = [...new Set(groups.map((group) => group.header))]
  const put = (changed: Decided[], decision: Decision | null) => {
    const next = new Map(decisions)
    for (const group of changed) {
      if (decision && decision.kind !== group.remedy.now) next.set(keyOf(group), decision)
      else next.delete(keyOf(group))
    }
    onChange(next)
  }
  const rows = (shown: Decided[]) => (
    <ul className={css.rows}>
      {shown.map((group) => (
        <DecisionRow
          key={keyOf(group)}
          group={group}
          target={target}
          decision={decisions.get(keyOf(group)) ?? null}
          onDecide={(decision) => put([group], decision)}
        />
      ))}
    </ul>
  )
  return (
    <section aria-label={t`Values to decide`} className={css.decisions}>
      <h2 className={css.heading}>{t`Values to decide`}</h2>
      <p className="dim">{t`Nobody knows these. Each is decided once, for all rows that have it.`}</p>
      {headers.map((header) => {
        const own = groups.filter((group) => group.header === header)
        const may = own[0]?.remedy.may ?? []
        // What is made anyway needs no decision.
        const settled = own.filter((group) => group.remedy.now === 'create')
        const asked = own.filter((group) => group.remedy.now !== 'create')
        return (
          <div key={header} role="group" aria-label={header}>
            <div className={css.head}>
              <h3 className={css.heading}>{header}</h3>
              <span className="dim">{plural(own.length, { one: '# value', other: '# values' })}</span>
              {own.length > 1 && asked.length > 0 && may.includes('create') && (
                <Button size="compact-xs" variant="subtle" onClick={() => put(own, { kind: 'create' })}>
                  {t`Create all`}
                </Button>
              )}
              {own.length > 1 && may.includes('empty') && (
                <Button size="compact-xs" variant="subtle" onClick={() => put(own, { kind: 'empty' })}>
                  {own[0]?.remedy.is_yours ? t`All become yours` : t`Leave all empty`}
                </Button>
              )}
            </div>
            {asked.length > 0 && rows(asked)}
            {settled.length > 0 && (
              <Fold label={plural(settled.length, { one: '# is created', other: '# are created' })}>
                {rows(settled)}
              </Fold>
            )}
          </div>
        )
      })}
    </section>
  )
}
