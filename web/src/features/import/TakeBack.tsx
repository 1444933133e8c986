import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { IconArrowBackUp } from '@tabler/icons-react'
import { useState } from 'react'
import { Dialog } from '../../kit/Dialog'
import { problemText } from '../../objects/problem'
import { Fates } from './Fates'
import css from './import.module.css'
import { type Fate, type Import, rehearseUndo } from './importApi'

interface Props {
  current: Import
  busy: boolean
  takeBack: () => Promise<void>
  onFault: (fault: string) => void
}

/** The way back: says first what goes and what stays. */
export function TakeBack({ current, busy, takeBack, onFault }: Props) {
  const { t } = useLingui()
  const [asking, setAsking] = useState(false)
  const [fates, setFates] = useState<Fate[]>()
  const isNothing = fates?.every((fate) => fate.gone + fate.put_back === 0)

  async function ask(): Promise<void> {
    setAsking(true)
    try {
      setFates(await rehearseUndo(current.id))
    } catch (error) {
      onFault(problemText(error))
    }
    setAsking(false)
  }

  return (
    <>
      <Button variant="default" leftSection={<IconArrowBackUp size={15} />} loading={asking} onClick={() => void ask()}>
        {t`Take it all back`}
      </Button>
      {fates && (
        <Dialog title={t`Take this import back?`} size={440} onClose={() => setFates(undefined)}>
          <div className={css.ask}>
            <Fates fates={fates} isAhead />
            <div className={css.answers}>
              <Button variant="default" onClick={() => setFates(undefined)}>
                {t`Cancel`}
              </Button>
              <Button
                color="red"
                disabled={isNothing}
                loading={busy}
                onClick={() => void takeBack().then(() => setFates(undefined))}
              >
                {t`Take it back`}
              </Button>
            </div>
          </div>
        </Dialog>
      )}
    </>
  )
}
