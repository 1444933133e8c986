import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { ObjectModel, RecordData } from '../../api/model'
import { useModel } from '../../api/ModelContext'
import { refresh, runBatch } from '../../api/records'
import { linkedList, recordHref } from '../../fields/link'
import * as format from '../../kit/format'
import { showProblem } from '../../objects/problem'
import css from './bell.module.css'

export function BellList({
  object,
  items,
  onClose,
}: {
  object: ObjectModel
  items: RecordData[]
  onClose: () => void
}) {
  const { t } = useLingui()
  const model = useModel()
  const client = useQueryClient()
  const navigate = useNavigate()

  async function read(list: RecordData[]): Promise<void> {
    const now = new Date().toISOString()
    try {
      await runBatch(
        object,
        list.map((item) => ({ op: 'update', id: item.id, values: { read_at: now } })),
      )
      refresh(client, object.name)
    } catch (error) {
      showProblem(error)
    }
  }

  if (items.length === 0)
    return <p className={css.none}>{t`Nothing new. You will hear of assignments, mentions and reminders here.`}</p>
  return (
    <>
      <ul className={css.list}>
        {items.map((item) => {
          const [about] = linkedList(item.about)
          const href = about && recordHref(model, about.object, about.id)
          return (
            <li key={item.id}>
              <button
                type="button"
                className={css.item}
                onClick={() => {
                  void read([item])
                  onClose()
                  if (href) void navigate({ href })
                }}
              >
                <span className={css.text}>{String(item.text ?? '')}</span>
                {typeof item.created_at === 'string' && (
                  <span className={`${css.when} num`}>{format.instant(item.created_at)}</span>
                )}
              </button>
            </li>
          )
        })}
      </ul>
      <Button variant="subtle" fullWidth onClick={() => void read(items)}>
        {t`Mark all as read`}
      </Button>
    </>
  )
}
