import { plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { IconArchive, IconArrowDown, IconArrowUp, IconPencil, IconRefresh } from '@tabler/icons-react'
import { Dot } from '../../kit/Dot'
import { type EditableOption, meanings } from './choices'
import { RowMenu } from './RowMenu'
import css from './settings.module.css'

interface Props {
  options: EditableOption[]
  /** How many records hold each, by code. */
  used: Map<string, number>
  onEdit: (option: EditableOption) => void
  onMove: (at: number, by: -1 | 1) => void
  onRetire: (option: EditableOption, retired: boolean) => void
}

/** The options of a choice in their order; those out of use stay in sight. */
export function OptionRows({ options, used, onEdit, onMove, onRetire }: Props) {
  const { t, i18n } = useLingui()
  return (
    <ol className={css.rows}>
      {options.map((option, at) => {
        const name = option.labels[i18n.locale] || option.labels.en || option.code || ''
        const others = Object.entries(option.labels)
          .filter(([language, text]) => language !== i18n.locale && text && text !== name)
          .map(([, text]) => text)
        const count = used.get(option.code ?? '') ?? 0
        const meaning = option.means ? meanings[option.means] : undefined
        return (
          <li key={option.code} className={css.stage} data-retired={option.retired === true}>
            <span className={css.who}>
              <span className={css.name}>
                <Dot hue={option.hue}>{name}</Dot>
              </span>
              {others.length > 0 && <span className={css.about}>{others.join(' · ')}</span>}
            </span>
            <span className={css.about}>
              {[
                option.retired && t`Retired`,
                meaning && i18n._(meaning),
                count > 0 && plural(count, { one: '# record', other: '# records' }),
              ]
                .filter(Boolean)
                .join(' · ')}
            </span>
            <RowMenu
              name={name}
              actions={[
                { label: t`Edit`, icon: <IconPencil size={15} />, run: () => onEdit(option) },
                at > 0 && { label: t`Move up`, icon: <IconArrowUp size={15} />, run: () => onMove(at, -1) },
                at < options.length - 1 && {
                  label: t`Move down`,
                  icon: <IconArrowDown size={15} />,
                  run: () => onMove(at, 1),
                },
                option.retired
                  ? { label: t`Use again`, icon: <IconRefresh size={15} />, run: () => onRetire(option, false) }
                  : { label: t`Retire`, icon: <IconArchive size={15} />, run: () => onRetire(option, true) },
              ]}
            />
          </li>
        )
      })}
    </ol>
  )
}
