import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { EmptyState } from '../kit/EmptyState'
import { problemText } from '../objects/problem'

/** Something on the page broke: says so, and lets one start again without losing the rest. */
export function RouteProblem({ error, reset }: { error: unknown; reset: () => void }) {
  const { t } = useLingui()
  return (
    <EmptyState
      alone
      icon={<IconAlertTriangle size={20} />}
      title={t`This page broke`}
      text={problemText(error)}
      action={
        <>
          <Button onClick={reset}>{t`Try again`}</Button>
          <Button variant="default" onClick={() => location.reload()}>
            {t`Reload`}
          </Button>
        </>
      }
    />
  )
}
