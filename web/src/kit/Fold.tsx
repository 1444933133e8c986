import { IconChevronRight } from '@tabler/icons-react'
import { type ReactNode, useId, useState } from 'react'
import css from './Fold.module.css'

interface Props {
  label: ReactNode
  children: ReactNode
}

/** A line that opens to show more. */
export function Fold({ label, children }: Props) {
  const [open, setOpen] = useState(false)
  const id = useId()
  return (
    <>
      <button type="button" className={css.fold} aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
        <IconChevronRight size={14} aria-hidden className={css.arrow} />
        {label}
      </button>
      <div id={id} hidden={!open}>
        {open && children}
      </div>
    </>
  )
}
