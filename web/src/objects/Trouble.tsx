import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { problemText } from './problem'
import css from '../kit/states.module.css'

interface Asked {
  isError: boolean
  error: unknown
  refetch: () => unknown
}

/** In the place of what could not be read: why, and another try. Nothing while all goes well. */
export function Trouble({ of }: { of: Asked[] }) {
  const { t } = useLingui()
  const failed = of.filter((query) => query.isError)
  const [first] = failed
  if (!first) return null
  return (
    <div className={css.trouble} role="alert">
      <IconAlertTriangle size={16} aria-hidden />
      <span className="grow">{problemText(first.error)}</span>
      <Button size="compact-sm" variant="default" onClick={() => failed.forEach((query) => void query.refetch())}>
        {t`Try again`}
      </Button>
    </div>
  )
}
