import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { Dialog } from '../../kit/Dialog'
import css from '../../objects/bulk/bulk.module.css'

interface Props {
  title: string
  onPurge: () => void
  onClose: () => void
}

/** What cannot be taken back is asked once. */
export function PurgeDialog({ title, onPurge, onClose }: Props) {
  const { t } = useLingui()
  return (
    <Dialog title={t`Delete ${title} for good?`} onClose={onClose} size={420}>
      <div className={css.form}>
        <p className={css.note}>{t`It cannot be restored afterwards. What links to it will lead nowhere.`}</p>
        <div className={css.buttons}>
          <Button variant="default" data-autofocus onClick={onClose}>
            {t`Cancel`}
          </Button>
          <Button color="red" onClick={onPurge}>
            {t`Delete for good`}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
