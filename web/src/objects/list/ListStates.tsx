import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { IconAlertTriangle, IconFilterOff, IconLock, IconPlus } from '@tabler/icons-react'
import { Problem } from '../../api/client'
import type { ObjectModel } from '../../api/model'
import { EmptyState } from '../../kit/EmptyState'
import { lower } from '../../kit/format'
import { iconNamed } from '../../kit/icons'
import { Loading } from '../../kit/Loading'
import { openCreate } from '../create/openCreate'
import { problemText } from '../problem'
import { reachText } from '../reachText'
import type { ListState } from '../views/useListState'

interface Props {
  object: ObjectModel
  state: ListState
  query: { isPending: boolean; isError: boolean; error: unknown; refetch: () => unknown }
}

const sentences = (...all: (string | null | undefined)[]) => all.filter(Boolean).join(' ')

/** What a list shows when it has no rows: still loading, refused, filtered away, or nothing there yet. */
export function ListStates({ object, state, query }: Props) {
  const { t } = useLingui()
  const Icon = iconNamed(object.icon)
  const plural = lower(object.label_plural)
  if (query.isPending) return <Loading rows={12} />
  if (query.isError && query.error instanceof Problem && query.error.status === 403) {
    return <EmptyState icon={<IconLock size={20} />} title={t`No access`} text={problemText(query.error)} />
  }
  if (query.isError) {
    return (
      <EmptyState
        icon={<IconAlertTriangle size={20} />}
        title={t`The list could not be read`}
        text={problemText(query.error)}
        action={
          <>
            <Button onClick={() => query.refetch()}>{t`Try again`}</Button>
            {state.changed && (
              <Button variant="default" onClick={state.reset}>
                {t`Reset the view`}
              </Button>
            )}
          </>
        }
      />
    )
  }
  if (state.all || state.q) {
    return (
      <EmptyState
        icon={<IconFilterOff size={20} />}
        title={t`No ${plural} match`}
        text={sentences(t`Nothing fits the filters and the search of this view.`, reachText(object))}
        action={
          <Button
            onClick={() => state.change({ filter: '', q: undefined, who: undefined, scope: undefined })}
          >{t`Clear filters`}</Button>
        }
      />
    )
  }
  return (
    <EmptyState
      icon={<Icon size={20} />}
      title={t`No ${plural} yet`}
      text={sentences(object.about, reachText(object))}
      action={
        object.access.create && (
          <Button leftSection={<IconPlus size={15} />} onClick={() => openCreate({ object: object.name })}>
            {t`New ${lower(object.label)}`}
          </Button>
        )
      }
    />
  )
}
