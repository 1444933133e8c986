import { useLingui } from '@lingui/react/macro'
import { Menu } from '@mantine/core'
import { IconCheck, IconChevronDown } from '@tabler/icons-react'
import type { Level } from '../../api/model'
import { MenuButton } from '../../kit/opens'
import type { Reach } from './rights'
import css from './rights.module.css'
import { useRightWords } from './useRightWords'

interface Props {
  /** By which it is found when the focus comes back to it. */
  place: string
  /** What is reached, and how: the object and the right. */
  name: string
  reach: Reach
  levels: Level[]
  onLevel: (level: Level) => void
  onRule: () => void
}

/** How far a right reaches; opens in place to choose another level, or to write a rule. */
export function ReachCell({ place, name, reach, levels, onLevel, onRule }: Props) {
  const { t } = useLingui()
  const words = useRightWords().levels
  return (
    <MenuButton
      position="bottom-start"
      width={230}
      target={
        <button type="button" data-place={place} className={css.reach} aria-label={`${name}: ${words[reach.level]}`}>
          <Meter level={reach.level} />
          <span className={css.word} data-level={reach.level}>
            {words[reach.level]}
          </span>
          <IconChevronDown size={13} aria-hidden className={css.open} />
        </button>
      }
    >
      {levels.map((level) => (
        <Menu.RadioItem
          key={level}
          value={level}
          checked={level === reach.level}
          data-autofocus={level === reach.level || undefined}
          checkIcon={<IconCheck size={14} />}
          closeMenuOnClick
          onChange={() => level !== reach.level && onLevel(level)}
        >
          <span className={css.item}>
            <Meter level={level} />
            {words[level]}
          </span>
        </Menu.RadioItem>
      ))}
      <Menu.Divider />
      <Menu.RadioItem
        value="rule"
        checked={reach.level === 'rule'}
        data-autofocus={reach.level === 'rule' || undefined}
        checkIcon={<IconCheck size={14} />}
        closeMenuOnClick
        onChange={onRule}
      >
        <span className={css.item}>
          <Meter level="rule" />
          <span>
            {t`A rule …`}
            {reach.level === 'rule' && <code className={css.rule}>{reach.rule}</code>}
          </span>
        </span>
      </Menu.RadioItem>
    </MenuButton>
  )
}

/** Bars that are filled the further it reaches, so that a column is read at a glance. */
function Meter({ level }: { level: Level }) {
  return (
    <span className={css.meter} data-level={level} aria-hidden>
      <i />
      <i />
      <i />
    </span>
  )
}
