import { useLingui } from '@lingui/react/macro'
import { ActionIcon } from '@mantine/core'
import { IconCircle, IconCircleFilled } from '@tabler/icons-react'
import type { RecordData } from '../../api/model'
import * as format from '../../kit/format'
import css from './bell.module.css'

interface Props {
  item: RecordData
  onOpen: () => void
  onMark: (read: boolean) => void
}

/** One piece of news: opens its record; beside it, whether it was read, which can be turned round. */
export function BellItem({ item, onOpen, onMark }: Props) {
  const { t } = useLingui()
  const text = String(item.text ?? '')
  const unread = !item.read_at
  return (
    <li className={css.row} data-unread={unread}>
      <button type="button" className={css.item} onClick={onOpen}>
        <span className={css.text}>
          {unread && <span className={css.hidden}>{t`Unread:`} </span>}
          {text}
        </span>
        {typeof item.created_at === 'string' && (
          <span className={`${css.when} num`}>{format.instant(item.created_at)}</span>
        )}
      </button>
      <ActionIcon
        size={30}
        aria-label={unread ? t`Mark “${text}” as read` : t`Mark “${text}” as unread`}
        onClick={() => onMark(unread)}
      >
        {unread ? <IconCircleFilled size={10} className={css.mark} /> : <IconCircle size={10} />}
      </ActionIcon>
    </li>
  )
}
