import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { ObjectModel, RecordData } from '../../api/model'
import { useModel } from '../../api/ModelContext'
import { historyQuery } from '../../api/timeline'
import { fieldUi } from '../../fields'
import { isEmpty } from '../../fields/ui'
import { Dialog } from '../../kit/Dialog'
import { instant } from '../../kit/format'
import { Loading } from '../../kit/Loading'
import { titleOf } from '../list/TitleCell'
import css from './history.module.css'

/** Every change of every field: when, who, before and after. */
export function HistoryDialog({
  object,
  record,
  onClose,
}: {
  object: ObjectModel
  record: RecordData
  onClose: () => void
}) {
  const { t } = useLingui()
  const model = useModel()
  const query = useInfiniteQuery(historyQuery(object.name, object.path, record.id))
  const items = query.data?.pages.flatMap((page) => page.items) ?? []
  const show = (name: string, value: unknown) => {
    const field = model.field(object.name, name)
    if (isEmpty(value)) return <span className="dim">{t`empty`}</span>
    return field ? fieldUi(field).text({ value, field, model }) || String(value) : JSON.stringify(value)
  }
  return (
    <Dialog title={t`History of ${titleOf(object, record)}`} onClose={onClose} size={760}>
      {query.isPending ? (
        <Loading />
      ) : (
        <div className={css.scroll}>
          <table className={css.table}>
            <thead>
              <tr>
                <th scope="col">{t`When`}</th>
                <th scope="col">{t`Who`}</th>
                <th scope="col">{t`Field`}</th>
                <th scope="col">{t`Before`}</th>
                <th scope="col">{t`After`}</th>
              </tr>
            </thead>
            <tbody>
              {items.map((item) => (
                <tr key={`${item.event} ${item.field}`}>
                  <td className="num">{instant(item.at)}</td>
                  <td>{[item.actor?.name, item.origin?.name].filter(Boolean).join(', ')}</td>
                  <td>{model.field(object.name, item.field)?.label ?? item.field}</td>
                  <td>{show(item.field, item.before)}</td>
                  <td>{show(item.field, item.after)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {items.length === 0 && <p className="dim">{t`Nothing has changed yet.`}</p>}
          {query.hasNextPage && (
            <Button
              variant="default"
              mt="md"
              loading={query.isFetchingNextPage}
              onClick={() => void query.fetchNextPage()}
            >
              {t`Show older`}
            </Button>
          )}
        </div>
      )}
    </Dialog>
  )
}
