import { Plural } from '@lingui/react/macro'
import { IconArrowUp } from '@tabler/icons-react'
import css from './list.module.css'

/** How many new records wait to be shown. */
export function NewsChip({ count, onShow }: { count: number; onShow: () => void }) {
  return (
    <button type="button" className={css.news} onClick={onShow}>
      <IconArrowUp size={14} aria-hidden />
      <Plural value={count} one="# new" other="# new" />
    </button>
  )
}
