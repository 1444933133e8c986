import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import type { ObjectModel, RecordData } from '../../api/model'
import type { Hanging } from '../../api/records'
import { Dialog } from '../../kit/Dialog'
import css from '../bulk/bulk.module.css'
import { HangingList } from '../bulk/FateList'
import { titleOf } from '../list/TitleCell'

interface Props {
  object: ObjectModel
  record: RecordData
  hanging: Hanging[]
  onDelete: () => void
  onClose: () => void
}

/** Says what hangs on a record before it is deleted. */
export function DeleteDialog({ object, record, hanging, onDelete, onClose }: Props) {
  const { t } = useLingui()
  const title = titleOf(object, record)
  return (
    <Dialog title={t`Delete ${title}?`} onClose={onClose} size={440}>
      <div className={css.form}>
        <div>
          <p className={css.note}>{t`These link to it. They stay, and find it again when it comes back:`}</p>
          <HangingList hanging={hanging} />
        </div>
        <p className={css.note}>{t`It lies in the bin for 30 days and can be restored.`}</p>
        <div className={css.buttons}>
          <Button variant="default" data-autofocus onClick={onClose}>
            {t`Cancel`}
          </Button>
          <Button color="red" onClick={onDelete}>
            {t`Delete`}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
