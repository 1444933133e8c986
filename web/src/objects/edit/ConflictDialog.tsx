import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import { useModel } from '../../api/ModelContext'
import { recordQuery } from '../../api/queries'
import { fieldUi } from '../../fields'
import { Dialog } from '../../kit/Dialog'
import { showProblem } from '../problem'
import { currentConflict, onConflict, openConflict } from './conflict'
import css from './edit.module.css'

/** Shows both values when two people changed one field, and lets the second one choose. */
export function ConflictDialog() {
  const { t } = useLingui()
  const model = useModel()
  const conflict = useSyncExternalStore(onConflict, currentConflict)
  const users = model.object('user')
  const who = useQuery({
    ...recordQuery('user', users?.path ?? 'users', conflict?.by ?? ''),
    enabled: Boolean(conflict?.by && users),
  })
  if (!conflict) return null
  const close = () => openConflict(null)
  const name = String(who.data?.name ?? t`Someone else`)
  const show = (value: unknown) =>
    fieldUi(conflict.field).cell({ value, field: conflict.field, model, full: true }) ?? '—'
  return (
    <Dialog title={t`${conflict.field.label} was changed meanwhile`} onClose={close}>
      <p className={css.lead}>
        <Trans>{name} changed this field after you had opened it. Which value is right?</Trans>
      </p>
      <dl className={css.both}>
        <div>
          <dt>{t`Yours`}</dt>
          <dd>{show(conflict.mine)}</dd>
        </div>
        <div>
          <dt>{t`Theirs, saved now`}</dt>
          <dd>{show(conflict.theirs)}</dd>
        </div>
      </dl>
      <div className={css.buttons}>
        <Button
          variant="default"
          data-autofocus
          onClick={() => {
            conflict.takeTheirs()
            close()
          }}
        >
          {t`Keep theirs`}
        </Button>
        <Button
          onClick={() => {
            conflict.keepMine().catch(showProblem)
            close()
          }}
        >
          {t`Save mine`}
        </Button>
      </div>
    </Dialog>
  )
}
