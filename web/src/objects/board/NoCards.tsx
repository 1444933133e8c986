import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ObjectModel } from '../../api/model'
import { lower } from '../../kit/format'
import { openCreate } from '../create/openCreate'
import { reachText } from '../reachText'
import type { ListState } from '../views/useListState'
import css from './board.module.css'

/** A board without a card: whether something hides them, or how the first ones come. */
export function NoCards({ object, state }: { object: ObjectModel; state: ListState }) {
  const { t } = useLingui()
  const plural = lower(object.label_plural)
  const reach = reachText(object)
  const hidden = state.changed || Boolean(state.q)
  return (
    <div className={css.none} role="status">
      <span>{hidden ? t`No ${plural} match` : t`No ${plural} here yet`}</span>
      {reach && <span className={css.reach}>{reach}</span>}
      {hidden && (
        <Button size="compact-sm" variant="default" onClick={state.reset}>
          {t`Reset the view`}
        </Button>
      )}
      {!hidden && object.access.create && (
        <>
          <Button size="compact-sm" onClick={() => openCreate({ object: object.name })}>
            {t`New ${lower(object.label)}`}
          </Button>
          <Link to="/import" search={{ object: object.name }}>
            {t`Import from a file`}
          </Link>
        </>
      )}
    </div>
  )
}
