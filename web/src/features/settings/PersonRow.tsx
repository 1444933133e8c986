import { useLingui } from '@lingui/react/macro'
import { ActionIcon, Menu } from '@mantine/core'
import { IconDots, IconLink, IconPencil, IconUser } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import type { ObjectModel, RecordData } from '../../api/model'
import { linked, linkedList } from '../../fields/link'
import { Dot } from '../../kit/Dot'
import * as format from '../../kit/format'
import { Monogram } from '../../kit/Monogram'
import css from './settings.module.css'

export type PersonAsk = { what: 'link' | 'edit'; person: RecordData }

interface Props {
  users: ObjectModel
  person: RecordData
  onAsk: (ask: PersonAsk) => void
}

/** One person: who, what for, since when not seen, and what may be done. */
export function PersonRow({ users, person, onAsk }: Props) {
  const { t } = useLingui()
  const navigate = useNavigate()
  const name = String(person.name ?? '')
  const status = users.fields.find((f) => f.name === 'status')?.options?.find((o) => o.code === person.status)
  const roles = linkedList(person.roles)
    .map((role) => role.title)
    .join(', ')
  const seen = typeof person.last_seen_at === 'string' ? format.ago(person.last_seen_at) : undefined
  return (
    <li className={css.row}>
      <Monogram name={name} person size="medium" />
      <span className={css.who}>
        <span className={css.name}>{name}</span>
        <span className={css.about}>{String(person.email ?? '')}</span>
      </span>
      <span className={css.cell}>
        <span>{roles || t`No role`}</span>
        <span className={css.about}>{linked(person.team)?.title ?? t`No team`}</span>
      </span>
      <span className={css.cell}>
        <Dot hue={status?.hue}>{status?.label ?? String(person.status ?? '')}</Dot>
        {seen && <span className={css.about}>{t`Last seen: ${seen}`}</span>}
      </span>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon size={30} aria-label={t`Actions for ${name}`} className={css.more}>
            <IconDots size={17} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconUser size={15} />}
            onClick={() => void navigate({ to: '/o/$path/$id', params: { path: users.path, id: person.id } })}
          >
            {t`Open`}
          </Menu.Item>
          {users.access.update && (
            <Menu.Item leftSection={<IconPencil size={15} />} onClick={() => onAsk({ what: 'edit', person })}>
              {t`Change role and team`}
            </Menu.Item>
          )}
          {users.access.update && person.status !== 'deactivated' && (
            <Menu.Item leftSection={<IconLink size={15} />} onClick={() => onAsk({ what: 'link', person })}>
              {person.status === 'invited' ? t`New invitation link` : t`New password`}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
    </li>
  )
}
