import { useLingui } from '@lingui/react/macro'
import { IconEye, IconLink, IconPencil, IconRefresh, IconTransform, IconUser, IconUserOff } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import type { ObjectModel, RecordData } from '../../api/model'
import { useSession } from '../../api/ModelContext'
import { viewAs } from '../../api/session'
import { linked, linkedList } from '../../fields/link'
import { Dot } from '../../kit/Dot'
import * as format from '../../kit/format'
import { Monogram } from '../../kit/Monogram'
import { showProblem } from '../../objects/problem'
import { RowMenu } from './RowMenu'
import css from './settings.module.css'

export type PersonAsk = { what: 'link' | 'edit' | 'leave'; person: RecordData }

interface Props {
  users: ObjectModel
  person: RecordData
  onAsk: (ask: PersonAsk) => void
  onReturn: (person: RecordData) => void
}

/** One person: who, what for, since when not seen, and what may be done. */
export function PersonRow({ users, person, onAsk, onReturn }: Props) {
  const { t } = useLingui()
  const navigate = useNavigate()
  const name = String(person.name ?? '')
  const status = users.fields.find((f) => f.name === 'status')?.options?.find((o) => o.code === person.status)
  const roles = linkedList(person.roles)
    .map((role) => role.title)
    .join(', ')
  const seen = typeof person.last_seen_at === 'string' ? format.ago(person.last_seen_at) : undefined
  const may = users.access.update
  const session = useSession()
  const administers = session.user.roles.includes('administrator')
  const gone = person.status === 'deactivated'
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
      <RowMenu
        name={name}
        actions={[
          {
            label: t`Open`,
            icon: <IconUser size={15} />,
            run: () => void navigate({ to: '/o/$path/$id', params: { path: users.path, id: person.id } }),
          },
          administers &&
            person.status === 'active' &&
            person.id !== session.user.id && {
              label: t`View as ${name}`,
              icon: <IconEye size={15} />,
              run: () => void viewAs(person.id).then(() => location.assign('/'), showProblem),
            },
          may && {
            label: t`Change role and team`,
            icon: <IconPencil size={15} />,
            run: () => onAsk({ what: 'edit', person }),
          },
          may &&
            !gone && {
              label: person.status === 'invited' ? t`New invitation link` : t`New password`,
              icon: <IconLink size={15} />,
              run: () => onAsk({ what: 'link', person }),
            },
          may &&
            gone && {
              label: t`Hand work over`,
              icon: <IconTransform size={15} />,
              run: () => onAsk({ what: 'leave', person }),
            },
          may && gone && { label: t`Activate`, icon: <IconRefresh size={15} />, run: () => onReturn(person) },
          may &&
            !gone && {
              label: t`Deactivate`,
              icon: <IconUserOff size={15} />,
              danger: true,
              run: () => onAsk({ what: 'leave', person }),
            },
        ]}
      />
    </li>
  )
}
