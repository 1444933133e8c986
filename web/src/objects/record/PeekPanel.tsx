import { useLingui } from '@lingui/react/macro'
import { ActionIcon } from '@mantine/core'
import { IconArrowsDiagonal, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import type { ObjectModel } from '../../api/model'
import { recordQuery } from '../../api/queries'
import { isTyping } from '../../kit/keyboard'
import { Loading } from '../../kit/Loading'
import { Monogram } from '../../kit/Monogram'
import { isPerson, titleOf } from '../list/TitleCell'
import { Details } from './Details'
import { Highlights } from './Highlights'
import css from './record.module.css'
import { readable } from './readable'
import { recordExpand } from './recordExpand'
import { RecordActions } from './RecordActions'
import { RecordProblem } from './RecordProblem'
import { Related } from './Related'

/** A look into a record beside its list. The list keeps the keys: up and down walk on. */
export function PeekPanel({ object, id, onClose }: { object: ObjectModel; id: string; onClose: () => void }) {
  const { t } = useLingui()
  const navigate = useNavigate()
  const query = useQuery(recordQuery(object.name, object.path, id, recordExpand(object)))
  const record = readable(query)
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented && !isTyping(event.target)) onClose()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [onClose])
  return (
    <aside className={css.peek} aria-label={record ? titleOf(object, record) : object.label}>
      <div className={css.peekHead}>
        {record && <Monogram name={titleOf(object, record)} person={isPerson(object)} size="medium" />}
        <h2 className="trunc grow">{record ? titleOf(object, record) : ''}</h2>
        {record && <RecordActions object={object} record={record} compact />}
        <ActionIcon
          aria-label={t`Open the page`}
          onClick={() => void navigate({ to: '/o/$path/$id', params: { path: object.path, id } })}
        >
          <IconArrowsDiagonal size={16} />
        </ActionIcon>
        <ActionIcon aria-label={t`Close`} onClick={onClose}>
          <IconX size={16} />
        </ActionIcon>
      </div>
      {query.isPending && <Loading rows={10} />}
      {query.isError && (
        <RecordProblem object={object} id={id} error={query.error} onRetry={() => void query.refetch()} />
      )}
      {record && (
        <div className={css.peekBody} tabIndex={0} role="region" aria-label={t`Details`}>
          <Highlights object={object} record={record} />
          <Details object={object} record={record} />
          <div className={css.peekRelated}>
            <Related object={object} record={record} />
          </div>
        </div>
      )}
    </aside>
  )
}
