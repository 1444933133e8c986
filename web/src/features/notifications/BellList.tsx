import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import type { ObjectModel, RecordData } from '../../api/model'
import { useModel } from '../../api/ModelContext'
import { shortListQuery } from '../../api/queries'
import { refresh, runBatch } from '../../api/records'
import { linkedList, recordHref } from '../../fields/link'
import { Loading } from '../../kit/Loading'
import { problemText, showProblem } from '../../objects/problem'
import css from './bell.module.css'
import { BellItem } from './BellItem'

const shown = 30

/** The latest news, those not read marked. Opening one reads it; it can be kept for later. */
export function BellList({ object, onClose }: { object: ObjectModel; onClose: () => void }) {
  const { t } = useLingui()
  const model = useModel()
  const client = useQueryClient()
  const navigate = useNavigate()
  const all = useQuery(
    shortListQuery('notification', object.path, {
      filter: 'user == me()',
      sort: '-created_at',
      limit: shown,
      expand: 'actor,about',
    }),
  )
  const items = all.data?.items ?? []
  const unread = items.filter((item) => !item.read_at)

  async function mark(list: RecordData[], read: boolean): Promise<void> {
    const values = { read_at: read ? new Date().toISOString() : null }
    try {
      await runBatch(
        object,
        list.map((item) => ({ op: 'update', id: item.id, values })),
      )
      refresh(client, object.name)
    } catch (error) {
      showProblem(error)
    }
  }

  function open(item: RecordData): void {
    const [about] = linkedList(item.about)
    const href = about && recordHref(model, about.object, about.id)
    if (!item.read_at) void mark([item], true)
    onClose()
    if (href) void navigate({ href })
  }

  return (
    <>
      {all.isPending && <Loading rows={3} />}
      {all.error && (
        <p className={css.none} role="alert">
          {problemText(all.error)}
        </p>
      )}
      {all.data && items.length === 0 && (
        <p className={css.none}>{t`Nothing new. You will hear of assignments, mentions and reminders here.`}</p>
      )}
      <ul className={css.list}>
        {items.map((item) => (
          <BellItem key={item.id} item={item} onOpen={() => open(item)} onMark={(read) => void mark([item], read)} />
        ))}
      </ul>
      {unread.length > 0 && (
        <Button variant="subtle" fullWidth onClick={() => void mark(unread, true)}>
          {t`Mark all as read`}
        </Button>
      )}
      <Link to="/settings/$page" params={{ page: 'notices' }} search={{}} className={css.settings} onClick={onClose}>
        {t`Choose what you hear of`}
      </Link>
    </>
  )
}
