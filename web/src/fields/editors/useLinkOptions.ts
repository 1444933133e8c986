import { useQuery } from '@tanstack/react-query'
import { useDeferredValue } from 'react'
import type { Field, Linked, ObjectModel, RecordData } from '../../api/model'
import { target } from '../../api/model'
import { useModel } from '../../api/ModelContext'
import { searchRecords, shortListQuery } from '../../api/queries'
import { linked } from '../link'

export interface LinkOption extends Linked {
  title: string
  subtitle?: string
}

/** A stage is offered of the record's own pipeline: a link both have narrows the choice. */
export function scopeOf(
  source: ObjectModel | undefined,
  to: ObjectModel | undefined,
  record: Record<string, unknown> | null | undefined,
) {
  if (!source || !to || !record) return undefined
  for (const field of to.fields) {
    if (field.type !== 'link') continue
    const own = source.fields.find(
      (other) => other.name === field.name && other.type === 'link' && other.to === field.to,
    )
    const held = own && linked(record[own.name])
    if (held && field.to !== to.name && field.required) return `${field.name} == ${JSON.stringify(held.id)}`
  }
  return undefined
}

const orderOf = (object: ObjectModel) =>
  object.fields.some((field) => field.name === 'position') ? `position,${object.title}` : object.title

/** What a link may point to, by what has been typed so far: ranked search where there is one, else a plain list. */
export function useLinkOptions(
  field: Field,
  object: string,
  typed: string,
  record?: RecordData | Record<string, unknown> | null,
) {
  const model = useModel()
  const to = model.object(target(field))
  const q = useDeferredValue(typed.trim())
  const any = field.to === 'any'
  const ranked = q !== '' && (any || Boolean(to?.searched))
  const search = useQuery({
    queryKey: ['options', field.to, q],
    queryFn: ({ signal }) => searchRecords(q, to ? [to.name] : undefined, 12, signal),
    enabled: ranked,
    staleTime: 10_000,
  })
  const filter = scopeOf(model.object(object), to, record)
  const sortable = to?.fields.find((candidate) => candidate.name === to.title)?.sortable !== false
  const list = useQuery(
    shortListQuery(
      to?.name ?? '',
      to?.path ?? '',
      { filter, sort: to && sortable ? orderOf(to) : undefined, limit: to?.searched ? 20 : 200 },
      Boolean(to) && !ranked,
    ),
  )
  const options: LinkOption[] = ranked
    ? (search.data ?? []).map((hit) => ({ id: hit.id, object: hit.object, title: hit.title, subtitle: hit.subtitle }))
    : (list.data?.items ?? []).map((item) => ({
        id: item.id,
        object: to?.name,
        title: String(item[to?.title ?? 'name'] ?? ''),
      }))
  const shown =
    ranked || q === '' || to?.searched
      ? options
      : options.filter((option) => option.title.toLowerCase().includes(q.toLowerCase()))
  // What is shown for a moment after a key was found for the text before it.
  const behind = q !== typed.trim()
  return { options: shown, loading: behind || (ranked ? search.isFetching : list.isFetching), to }
}
