import { useLingui } from '@lingui/react/macro'
import { IconAlertTriangle, IconX } from '@tabler/icons-react'
import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { currentToast, hideToast, onToast } from './toast'
import css from './Toasts.module.css'

const stays = 6000

/** One dark bar at the foot of the main area; F8 reaches it, hover and focus keep it. */
export function Toasts() {
  const { t } = useLingui()
  const toast = useSyncExternalStore(onToast, currentToast)
  // Of which message: the next one is not held by a pointer that lay on the one before.
  const [heldId, setHeld] = useState<number | null>(null)
  const held = heldId !== null && heldId === toast?.id
  const box = useRef<HTMLDivElement>(null)
  const from = useRef<HTMLElement | null>(null)

  useEffect(() => {
    if (!toast || held || toast.kind === 'error') return
    const timer = setTimeout(() => hideToast(toast.id), stays)
    return () => clearTimeout(timer)
  }, [toast, held])

  useEffect(() => {
    const reach = (event: KeyboardEvent) => {
      if (event.key !== 'F8' || !box.current || box.current.contains(document.activeElement)) return
      from.current = document.activeElement as HTMLElement | null
      box.current.querySelector<HTMLElement>('button')?.focus()
    }
    addEventListener('keydown', reach)
    return () => removeEventListener('keydown', reach)
  }, [])

  useEffect(() => {
    // Who came by F8 goes back to where he was.
    if (document.activeElement === document.body) from.current?.focus()
    from.current = null
  }, [toast])

  return (
    <div className={css.place} role="status" aria-live="polite">
      {toast && (
        // biome-ignore lint/a11y/noStaticElementInteractions: hovering only keeps the message on screen
        <div
          key={toast.id}
          ref={box}
          className={css.toast}
          data-kind={toast.kind}
          onMouseEnter={() => setHeld(toast.id)}
          onMouseLeave={() => setHeld(null)}
          onFocus={() => setHeld(toast.id)}
          onBlur={() => setHeld(null)}
        >
          {toast.kind === 'error' && <IconAlertTriangle size={16} aria-hidden />}
          <span className="grow">{toast.message}</span>
          {toast.action && (
            <button
              type="button"
              className={css.action}
              onClick={() => {
                hideToast(toast.id)
                toast.action?.run()
              }}
            >
              {toast.action.label}
            </button>
          )}
          <button type="button" className={css.close} aria-label={t`Close message`} onClick={() => hideToast(toast.id)}>
            <IconX size={15} />
          </button>
        </div>
      )}
    </div>
  )
}
