import { useLingui } from '@lingui/react/macro'
import { ActionIcon } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Field, ObjectModel, RecordData, Related } from '../../api/model'
import { isLinkType } from '../../api/model'
import { shortListQuery } from '../../api/queries'
import { refresh } from '../../api/records'
import { lower, number } from '../../kit/format'
import { openCreate } from '../create/openCreate'
import { allOf } from '../filter/expression'
import { titleOf } from '../list/TitleCell'
import { useGroup } from './group/GroupContext'
import { RelatedItem } from './RelatedItem'
import { RelatedSum } from './RelatedSum'
import css from './related.module.css'

interface Props {
  related: Related
  object: ObjectModel
  other: ObjectModel
  record: RecordData
}

const most = 5

/** The first few records of another object that point here, and the way to all of them. */
export function RelatedList({ related, object, other, record }: Props) {
  const { t } = useLingui()
  const client = useQueryClient()
  const back = other.fields.find((field) => field.name === related.field)
  const fields = (related.show ?? [])
    .map((name) => other.fields.find((field) => field.name === name))
    .filter((field) => field !== undefined)
  const group = useGroup()
  const ids = group && related.object !== object.name ? group.ids : [record.id]
  const filter = allOf(pointsHere(back, related.field, ids), related.filter)
  const figure = fields.find((field) => field.type === 'money' && field.summable)
  const expand = fields.filter((field) => isLinkType(field)).map((field) => field.name)
  const query = useQuery(
    shortListQuery(other.name, other.path, {
      filter,
      sort: related.sort ?? undefined,
      limit: most + 1,
      expand: expand.join(',') || undefined,
    }),
  )
  const items = query.data?.items ?? []
  const here = { id: record.id, object: object.name, title: titleOf(object, record) }
  const preset = { [related.field]: back?.type === 'links' ? [here] : here }
  return (
    <section className={css.list} data-empty={query.isSuccess && items.length === 0} aria-label={related.label}>
      <div className={css.head}>
        <h2>{related.label}</h2>
        <span className="dim num">
          {items.length > 0 ? (items.length > most ? `${most}+` : number(items.length)) : ''}
        </span>
        {items.length > 0 && figure && <RelatedSum object={other} filter={filter} field={figure} />}
        <span className="grow" />
        {other.access.create && (
          <ActionIcon
            size={24}
            aria-label={t`New ${lower(other.label)}`}
            onClick={() =>
              openCreate({
                object: other.name,
                values: preset,
                onCreated: () => refresh(client, object.name, record.id),
              })
            }
          >
            <IconPlus size={14} />
          </ActionIcon>
        )}
      </div>
      {items.slice(0, most).map((item) => (
        <RelatedItem key={item.id} object={other} record={item} fields={fields} />
      ))}
      {items.length > most && (
        <Link to="/o/$path" params={{ path: other.path }} search={{ filter, shape: 'table' }} className={css.all}>
          {t`See all`}
        </Link>
      )}
    </section>
  )
}

/** One record, or any of a group. */
function pointsHere(back: Field | undefined, name: string, ids: string[]): string {
  const [id = ''] = ids
  if (back?.type === 'links') return ids.map((one) => `${JSON.stringify(one)} in ${name}`).join(' || ')
  return ids.length > 1 ? `${name} in ${JSON.stringify(ids)}` : `${name} == ${JSON.stringify(id)}`
}
