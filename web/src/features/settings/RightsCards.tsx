import { useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { Fold } from '../../kit/Fold'
import { isReaching, type ObjectRights, type RightsGroup, type RightsParts, rightsInOrder } from './rights'
import css from './rights.module.css'
import { useRightWords } from './useRightWords'

/** What reaches records comes first: three choices, then three boxes. */
const inCards = [...rightsInOrder.filter(isReaching), ...rightsInOrder.filter((right) => !isReaching(right))]

interface Props {
  label: string
  groups: RightsGroup[]
  parts: RightsParts<ReactNode>
}

/** Where there is no room for a table: objects below one another, each opens to its rights. */
export function RightsCards({ label, groups, parts }: Props) {
  return (
    <div role="group" aria-label={label}>
      {groups.map((group) => (
        <section key={group.title} className={css.group} aria-label={group.title}>
          <h2 className={css.groupTitle}>{group.title}</h2>
          <ul className={css.cards}>
            {group.objects.map((object) => (
              <li key={object.name} className={css.card}>
                {object.part_of ? <Part object={object} parts={parts} /> : <Whole object={object} parts={parts} />}
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}

interface Card {
  object: ObjectRights
  parts: RightsParts<ReactNode>
}

function Whole({ object, parts }: Card) {
  const words = useRightWords()
  const reach = (right: 'read' | 'update') => `${words.rights[right]}: ${words.levels[parts.of(object)[right].level]}`
  const summary = (
    <span className={css.summary}>
      <span className={css.object}>{object.label}</span>
      <span className={css.hint}>{`${reach('read')} · ${reach('update')}`}</span>
    </span>
  )
  return (
    <Fold label={summary}>
      <div className={css.controls}>
        {inCards.map((right) => (
          <div key={right} className={css.control} data-kind={isReaching(right) ? 'reach' : 'check'}>
            <span className={css.right}>{words.rights[right]}</span>
            {parts.control(object, right)}
          </div>
        ))}
      </div>
      {parts.rule(object)}
      {parts.fields(object)}
    </Fold>
  )
}

function Part({ object, parts }: Card) {
  const { t } = useLingui()
  return (
    <div className={css.part}>
      <span className="grow">
        {object.label}
        <span className={css.hint}>{t`As ${parts.whole(object)}`}</span>
      </span>
      {parts.fields(object)}
    </div>
  )
}
