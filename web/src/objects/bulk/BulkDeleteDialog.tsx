import { plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { ObjectModel } from '../../api/model'
import { Dialog } from '../../kit/Dialog'
import { lower } from '../../kit/format'
import { Loading } from '../../kit/Loading'
import { problemText } from '../problem'
import css from './bulk.module.css'
import { HangingList, Refused } from './FateList'
import { type Fate, leftOut } from './outcome'
import type { useBulk } from './useBulk'

interface Props {
  object: ObjectModel
  bulk: ReturnType<typeof useBulk>
  onClose: () => void
}

const remove = (id: string) => ({ op: 'delete', id }) as const

/** Says how many would go, what hangs on them and who may stay, before anything is deleted. */
export function BulkDeleteDialog({ object, bulk, onClose }: Props) {
  const { t } = useLingui()
  const [fate, setFate] = useState<Fate>()
  const [fault, setFault] = useState<string>()
  const [busy, setBusy] = useState(false)
  useEffect(() => {
    void bulk.rehearse(remove).then(setFate, (error: unknown) => setFault(problemText(error)))
    // Once, as it opens.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [])
  const going = fate ? fate.total - leftOut(fate) : 0

  async function go(): Promise<void> {
    setBusy(true)
    try {
      await bulk.run(remove, (count) => plural(count, { one: '# record deleted', other: '# records deleted' }))
      onClose()
    } catch (error) {
      setFault(problemText(error))
      setBusy(false)
    }
  }

  return (
    <Dialog title={t`Delete ${lower(object.label_plural)}`} onClose={onClose} size={440}>
      <div className={css.form}>
        {!fate && !fault && <Loading rows={2} />}
        {fate && <Refused object={object} fate={fate} />}
        {fate && fate.hanging.length > 0 && going > 0 && (
          <div>
            <p className={css.note}>{t`What hangs on them stays, and finds them again when they come back:`}</p>
            <HangingList hanging={fate.hanging} />
          </div>
        )}
        {fate && going > 0 && <p className={css.note}>{t`They lie in the bin for 30 days and can be restored.`}</p>}
        {fault && (
          <p className={css.fault} role="alert">
            {fault}
          </p>
        )}
        <div className={css.buttons}>
          <Button variant="default" onClick={onClose}>
            {t`Cancel`}
          </Button>
          {!fault && (
            <Button color="red" disabled={going === 0} loading={busy} onClick={() => void go()}>
              {plural(going, { one: 'Delete # record', other: 'Delete # records' })}
            </Button>
          )}
        </div>
      </div>
    </Dialog>
  )
}
