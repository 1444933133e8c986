import { useLingui } from '@lingui/react/macro'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import css from './page.module.css'

const pause = 200

/** Searches the list as one types; the words are in the address. */
export function SearchBox({ value, onChange }: { value: string; onChange: (q: string) => void }) {
  const { t } = useLingui()
  const [typed, setTyped] = useState(value)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const sent = useRef(value)
  useEffect(() => {
    if (value !== sent.current) setTyped(value)
    sent.current = value
  }, [value])
  return (
    <label className={css.search}>
      <IconSearch size={14} aria-hidden />
      <input
        type="search"
        aria-label={t`Search this list`}
        placeholder={t`Search`}
        data-shortcut="search"
        value={typed}
        onChange={(event) => {
          const next = event.currentTarget.value
          setTyped(next)
          clearTimeout(timer.current)
          timer.current = setTimeout(() => {
            sent.current = next.trim()
            onChange(next.trim())
          }, pause)
        }}
      />
    </label>
  )
}
