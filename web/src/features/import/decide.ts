import type { MappedColumn, Mapping, Problems, Remedy, Unknown } from './importApi'

/** What a value that nobody knows becomes: another one, a record of its own, nothing; or its rows are refused. */
export type Decision = { kind: 'map'; to: string } | { kind: Unknown }

export type Decided = Problems & { header: string; value: string; remedy: Remedy }

export interface Made {
  column: MappedColumn
  value: string
  decision: Decision
}

export const keyOf = ({ header, value }: { header?: string; value?: string }) => `${header}\u0000${value}`

/** The groups of rows about whose value something can be decided. */
export function decidable(groups: Problems[]): Decided[] {
  return groups.filter(
    (group): group is Decided =>
      Boolean(group.remedy?.may.length) && group.header !== undefined && Boolean(group.value),
  )
}

/** The mapping with decisions in it, each at the column that fills the field. */
export function withDecisions(mapping: Mapping, groups: Decided[], decisions: ReadonlyMap<string, Decision>): Mapping {
  const columns = mapping.columns.map((column) => {
    const mine = groups.filter(
      (group) => group.header === column.header && column.to?.split('.').includes(group.remedy.field),
    )
    return mine.reduce((changed, group) => {
      const decision = decisions.get(keyOf(group))
      return decision ? decided(changed, group.value, decision) : changed
    }, column)
  })
  return { ...mapping, columns }
}

function decided(column: MappedColumn, value: string, decision: Decision): MappedColumn {
  const bare = undecided(column, value)
  return decision.kind === 'map'
    ? { ...bare, values: { ...bare.values, [value]: decision.to } }
    : { ...bare, unknowns: { ...bare.unknowns, [value]: decision.kind } }
}

function undecided(column: MappedColumn, value: string): MappedColumn {
  const { [value]: _, ...values } = column.values ?? {}
  const { [value]: __, ...unknowns } = column.unknowns ?? {}
  return { ...column, values, unknowns }
}

/** The mapping without a decision. */
export function without(mapping: Mapping, made: Made): Mapping {
  const columns = mapping.columns.map((column) => (column === made.column ? undecided(column, made.value) : column))
  return { ...mapping, columns }
}

/** What was decided before, to be looked at and taken back. */
export function made(mapping: Mapping): Made[] {
  return mapping.columns.flatMap((column) => [
    ...Object.entries(column.values ?? {}).map(([value, to]): Made => {
      const decision: Decision = to ? { kind: 'map', to } : { kind: 'empty' }
      return { column, value, decision }
    }),
    ...Object.entries(column.unknowns ?? {}).map(([value, kind]): Made => ({ column, value, decision: { kind } })),
  ])
}
