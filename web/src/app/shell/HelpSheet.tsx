import { useLingui } from '@lingui/react/macro'
import { Dialog } from '../../kit/Dialog'
import { Kbd } from '../../kit/Kbd'
import { shownScopes } from '../../kit/keyboard'
import css from './help.module.css'

/** All keys that work on the page in view. */
export function HelpSheet({ onClose }: { onClose: () => void }) {
  const { t } = useLingui()
  const table = {
    title: t`In a table`,
    shortcuts: [
      { keys: 'ArrowUp ArrowDown', label: t`Walk the rows` },
      { keys: 'Enter', label: t`Edit the cell` },
      { keys: 'shift+Enter', label: t`Open the record` },
      { keys: 'Space', label: t`Look into the record` },
      { keys: 'x', label: t`Select the row` },
      { keys: 'mod+c', label: t`Copy the cell` },
    ],
  }
  const board = {
    title: t`On a board`,
    shortcuts: [
      { keys: 'm', label: t`Move the card by its menu` },
      { keys: 'shift+ArrowRight', label: t`Move the card to the next column` },
      { keys: 'Space', label: t`Look into the card` },
    ],
  }
  const toasts = { title: t`Messages`, shortcuts: [{ keys: 'F8', label: t`Go to the message` }] }
  return (
    <Dialog title={t`Keyboard shortcuts`} onClose={onClose} size={720}>
      <div className={css.columns}>
        {[...shownScopes(), table, board, toasts].map((scope) => (
          <section key={scope.title} className={css.scope}>
            <h3>{scope.title}</h3>
            <dl>
              {scope.shortcuts.map((shortcut) => (
                <div key={`${shortcut.keys} ${shortcut.label}`}>
                  <dt>{shortcut.label}</dt>
                  <dd>
                    <Kbd keys={shortcut.keys} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}
