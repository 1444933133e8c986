import { useLingui } from '@lingui/react/macro'
import { ActionIcon, Button, Menu } from '@mantine/core'
import { IconDots, IconEye, IconHistory, IconLink, IconTrash } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import type { ObjectModel, RecordData } from '../../api/model'
import { useSession } from '../../api/ModelContext'
import { deleteRecord, type Hanging, refresh, whatHangs } from '../../api/records'
import { MenuButton } from '../../kit/opens'
import { showToast } from '../../kit/toast'
import { usePhone } from '../../kit/useMedia'
import { ActionButton } from '../action/ActionButton'
import { holds } from '../action/holds'
import { openAction } from '../action/openAction'
import { ZoneItems } from '../action/ZoneItems'
import { titleOf } from '../list/TitleCell'
import { useParts } from '../Parts'
import { showProblem } from '../problem'
import { useUndo } from '../useUndo'
import { FollowButton } from './FollowButton'
import { type Look, Looks } from './Looks'
import css from './record.module.css'

const DeleteDialog = lazy(() => import('./DeleteDialog').then((module) => ({ default: module.DeleteDialog })))

/** Verbs that the engine gives every object; they have places of their own. */
const everywhere = ['restore', 'follow', 'unfollow']

/** The verbs of a record: the first two as buttons, the others folded away. */
export function RecordActions({
  object,
  record,
  compact = false,
}: {
  object: ObjectModel
  record: RecordData
  compact?: boolean
}) {
  const { t } = useLingui()
  const client = useQueryClient()
  const navigate = useNavigate()
  const phone = usePhone()
  const tellDone = useUndo()
  const [look, setLook] = useState<Look>()
  const administers = useSession().user.roles.includes('administrator')
  const [hanging, setHanging] = useState<Hanging[] | null>(null)
  const parts = useParts().of(object.name).board
  const offered = object.actions.filter((action) => !everywhere.includes(action.name) && holds(action.when, record))
  const zones = (parts?.zones ?? []).filter((zone) => offered.some((action) => action.name === zone.action))
  const others = offered.filter((action) => !zones.some((zone) => zone.action === action.name))
  const shown = compact || zones.length > 0 ? 0 : phone ? 1 : 2

  /** What hangs on it is told before; where nothing does, it goes at once. */
  async function ask(): Promise<void> {
    try {
      const found = await whatHangs(object, record.id)
      if (found.length > 0) setHanging(found)
      else await remove()
    } catch (error) {
      showProblem(error)
    }
  }

  async function remove(): Promise<void> {
    setHanging(null)
    try {
      const answer = await deleteRecord(object, record.id)
      refresh(client, object.name)
      void navigate({ to: '/o/$path', params: { path: object.path } })
      const title = titleOf(object, record)
      tellDone(t`${title} deleted`, [answer.correlation], t`${title} deleted`)
    } catch (error) {
      showProblem(error)
    }
  }

  return (
    <div className={css.actions}>
      {!compact &&
        [...zones].reverse().map((zone) => (
          <Button
            key={zone.name}
            variant={zone.tone === 'good' ? 'filled' : 'default'}
            leftSection={zone.icon}
            onClick={() =>
              openAction({ object: object.name, record, action: zone.action, input: zone.input, label: zone.label })
            }
          >
            {zone.label}
          </Button>
        ))}
      {others.slice(0, shown).map((action, at) => (
        <ActionButton key={action.name} object={object} record={record} action={action} primary={at === 0} />
      ))}
      {!compact && <FollowButton object={object} record={record} />}
      <MenuButton
        position="bottom-end"
        target={
          <ActionIcon size={30} aria-label={t`More actions`}>
            <IconDots size={17} />
          </ActionIcon>
        }
      >
        {compact && <ZoneItems object={object} record={record} zones={zones} />}
        {others.slice(shown).map((action) => (
          <ActionButton key={action.name} object={object} record={record} action={action} asItem />
        ))}
        {(others.length > shown || (compact && zones.length > 0)) && <Menu.Divider />}
        <Menu.Item
          leftSection={<IconLink size={15} />}
          onClick={() => {
            void navigator.clipboard?.writeText(location.href)
            showToast({ message: t`Link copied` })
          }}
        >
          {t`Copy link`}
        </Menu.Item>
        <Menu.Item leftSection={<IconHistory size={15} />} onClick={() => setLook('history')}>
          {t`History`}
        </Menu.Item>
        {administers && (
          <Menu.Item leftSection={<IconEye size={15} />} onClick={() => setLook('access')}>
            {t`Who can see this?`}
          </Menu.Item>
        )}
        {object.access.delete && (
          <Menu.Item leftSection={<IconTrash size={15} />} color="red" onClick={() => void ask()}>
            {t`Delete`}
          </Menu.Item>
        )}
      </MenuButton>
      {hanging && (
        <Suspense>
          <DeleteDialog
            object={object}
            record={record}
            hanging={hanging}
            onDelete={() => void remove()}
            onClose={() => setHanging(null)}
          />
        </Suspense>
      )}
      <Looks look={look} object={object} record={record} onClose={() => setLook(undefined)} />
    </div>
  )
}
