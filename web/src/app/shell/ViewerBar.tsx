import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { IconEye } from '@tabler/icons-react'
import { useSession } from '../../api/ModelContext'
import { viewAs } from '../../api/session'
import { showProblem } from '../../objects/problem'
import css from './shell.module.css'

/** Stands over every page while an administrator looks at it as somebody else, with the way back. */
export function ViewerBar() {
  const { t } = useLingui()
  const { user, viewer } = useSession()
  if (!viewer) return null
  return (
    <div className={css.viewer} role="status">
      <IconEye size={16} aria-hidden />
      <span className={css.viewerText}>{t`You see Legame as ${user.name} does. Nothing can be changed.`}</span>
      <Button
        variant="default"
        size="compact-sm"
        onClick={() => void viewAs(null).then(() => location.reload(), showProblem)}
      >
        {t`Be yourself again`}
      </Button>
    </div>
  )
}
