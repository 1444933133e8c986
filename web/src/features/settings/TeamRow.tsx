import { useLingui } from '@lingui/react/macro'
import { IconPencil, IconPlus, IconTrash, IconUserPlus } from '@tabler/icons-react'
import type { RecordData } from '../../api/model'
import { linked } from '../../fields/link'
import { RowMenu } from './RowMenu'
import css from './settings.module.css'

interface Props {
  team: RecordData
  depth: number
  people: RecordData[]
  mayChange: boolean
  onEdit: () => void
  onAdd: () => void
  onPerson: () => void
  onRemove: () => void
}

const deepest = 4

/** One team, as far in as it stands below others, with its leader and its people. */
export function TeamRow({ team, depth, people, mayChange, onEdit, onAdd, onPerson, onRemove }: Props) {
  const { t } = useLingui()
  const name = String(team.name ?? '')
  const lead = linked(team.lead)?.title
  const parent = linked(team.parent)?.title
  return (
    <li className={css.stage} data-depth={Math.min(depth, deepest)}>
      <span className={css.who}>
        <span className={css.name}>{name}</span>
        <span className={css.about}>
          {[parent && t`Below ${parent}`, lead && t`Led by ${lead}`].filter(Boolean).join(' · ')}
        </span>
      </span>
      <span className={css.about}>{people.map((person) => String(person.name)).join(', ') || t`Nobody yet`}</span>
      <RowMenu
        name={name}
        actions={
          mayChange
            ? [
                { label: t`Edit`, icon: <IconPencil size={15} />, run: onEdit },
                { label: t`Put somebody in`, icon: <IconUserPlus size={15} />, run: onPerson },
                { label: t`New team below`, icon: <IconPlus size={15} />, run: onAdd },
                { label: t`Delete`, icon: <IconTrash size={15} />, danger: true, run: onRemove },
              ]
            : []
        }
      />
    </li>
  )
}
