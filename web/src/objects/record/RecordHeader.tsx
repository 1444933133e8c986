import { useLingui } from '@lingui/react/macro'
import { ActionIcon } from '@mantine/core'
import { IconArrowLeft, IconChevronDown, IconChevronUp } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import type { ObjectModel, RecordData } from '../../api/model'
import { useModel } from '../../api/ModelContext'
import { fieldUi } from '../../fields'
import { useShortcuts } from '../../kit/keyboard'
import { Monogram } from '../../kit/Monogram'
import { isPerson, titleOf } from '../list/TitleCell'
import css from './record.module.css'
import { RecordActions } from './RecordActions'
import { Title } from './Title'
import { useNeighbours } from './useNeighbours'

export function RecordHeader({ object, record }: { object: ObjectModel; record: RecordData }) {
  const { t } = useLingui()
  const navigate = useNavigate()
  const { list, at, total, previous, next } = useNeighbours(record.id)
  const go = (id: string | undefined) =>
    id && void navigate({ to: '/o/$path/$id', params: { path: object.path, id }, state: { list } })
  useShortcuts(object.label, [
    { keys: 'j', label: t`Next record`, run: () => go(next) },
    { keys: 'k', label: t`Previous record`, run: () => go(previous) },
  ])
  const title = titleOf(object, record)
  return (
    <>
      <div className={css.crumbs}>
        <Link
          to="/o/$path"
          params={{ path: object.path }}
          className={css.back}
          aria-label={t`Back to ${object.label_plural}`}
        >
          <IconArrowLeft size={17} />
        </Link>
        <span className="dim trunc grow">{object.label_plural}</span>
        {at !== null && (
          <>
            <span className="dim num">{t`${at + 1} of ${total}`}</span>
            <ActionIcon aria-label={t`Previous record`} disabled={!previous} onClick={() => go(previous)}>
              <IconChevronUp size={16} />
            </ActionIcon>
            <ActionIcon aria-label={t`Next record`} disabled={!next} onClick={() => go(next)}>
              <IconChevronDown size={16} />
            </ActionIcon>
          </>
        )}
      </div>
      <header className={css.header}>
        <Monogram name={title} person={isPerson(object)} size="large" />
        <div className={css.names}>
          <Title object={object} record={record} />
          <Subtitle object={object} record={record} />
        </div>
        <RecordActions object={object} record={record} />
      </header>
    </>
  )
}

/** What the card of the object says beside the title, in one line. */
function Subtitle({ object, record }: { object: ObjectModel; record: RecordData }) {
  const model = useModel()
  const highlights = object.layout.highlights ?? []
  const words = (object.layout.card ?? [])
    .filter((name) => name !== object.title && !highlights.includes(name))
    .map((name) => object.fields.find((field) => field.name === name))
    .filter((field) => field !== undefined && field.type !== 'counts' && field.type !== 'instant')
    .map((field) => (field ? fieldUi(field).text({ value: record[field.name], field, model }) : ''))
    .filter(Boolean)
  return <div className={css.subtitle}>{words.length > 0 ? words.join(' · ') : object.label}</div>
}
