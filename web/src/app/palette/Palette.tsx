import { useLingui } from '@lingui/react/macro'
import { Modal } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useDeferredValue, useEffect, useRef, useState } from 'react'
import { searchQuery } from '../../api/queries'
import { isComposing } from '../../kit/keyboard'
import { Highlighted, Marked } from './Highlighted'
import css from './palette.module.css'
import { type Entry, useEntries } from './useEntries'

/** Finds any record and runs any command. Empty, it shows what was looked at last. */
export function Palette({ onClose, onHelp }: { onClose: () => void; onHelp: () => void }) {
  const { t } = useLingui()
  const [typed, setTyped] = useState('')
  const [at, setAt] = useState(0)
  const list = useRef<HTMLDivElement>(null)
  const q = useDeferredValue(typed.trim())
  const hits = useQuery(searchQuery(q, undefined, 12))
  const groups = useEntries(typed, q ? (hits.data ?? []) : [], onHelp)
  const entries = groups.flatMap((group) => group.entries)
  const current = entries[Math.min(at, entries.length - 1)]

  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' })
  })

  function run(entry: Entry | undefined): void {
    if (!entry) return
    onClose()
    entry.run()
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (isComposing(event)) return
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0)
      setAt((before) => (Math.min(before, entries.length - 1) + step + entries.length) % Math.max(entries.length, 1))
    else if (event.key === 'Enter') run(current)
    else return
    event.preventDefault()
  }

  return (
    <Modal
      opened
      onClose={onClose}
      withCloseButton={false}
      padding={0}
      size={620}
      yOffset="12vh"
      centered={false}
      overlayProps={{ backgroundOpacity: 0.28 }}
      transitionProps={{ duration: 80 }}
      attributes={{ content: { 'aria-label': t`Search or run a command` } }}
    >
      <div className={css.search}>
        <IconSearch size={18} aria-hidden />
        <input
          data-autofocus
          role="combobox"
          aria-expanded
          aria-controls="palette-list"
          aria-activedescendant={current && `palette-${current.id}`}
          aria-label={t`Search or run a command`}
          placeholder={t`Search records, or type a command`}
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value)
            setAt(0)
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <div ref={list} id="palette-list" role="listbox" aria-label={t`Results`} className={css.list}>
        {groups.map((group) => (
          <div key={group.label} role="group" aria-label={group.label}>
            <div className={css.label} aria-hidden>
              {group.label}
            </div>
            {group.entries.map((entry) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the input above handles the keys
              <div
                key={entry.id}
                id={`palette-${entry.id}`}
                role="option"
                tabIndex={-1}
                aria-selected={entry === current}
                className={css.option}
                onMouseMove={() => setAt(entries.indexOf(entry))}
                onClick={() => run(entry)}
              >
                <entry.Icon size={17} stroke={1.7} aria-hidden />
                <span className="grow">
                  <span className={`${css.title} trunc`}>
                    <Highlighted text={entry.title} words={q} />
                  </span>
                  {(entry.matched || entry.subtitle) && (
                    <span className={`${css.subtitle} trunc`}>
                      {entry.matched && <Marked {...entry.matched} />}
                      {entry.matched && entry.subtitle && ' · '}
                      {entry.subtitle}
                    </span>
                  )}
                </span>
              </div>
            ))}
          </div>
        ))}
        {entries.length === 0 && (
          <p className={css.none}>{hits.isFetching ? t`Looking…` : t`Nothing matches “${q}”.`}</p>
        )}
      </div>
    </Modal>
  )
}
