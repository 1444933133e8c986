import { useLingui } from '@lingui/react/macro'
import { Fragment, type ReactNode } from 'react'
import { isReaching, type RightsGroup, type RightsParts, rightsInOrder } from './rights'
import css from './rights.module.css'
import { useRightWords } from './useRightWords'

interface Props {
  label: string
  groups: RightsGroup[]
  parts: RightsParts<ReactNode>
}

const kind = (right: (typeof rightsInOrder)[number]) => (isReaching(right) ? 'reach' : 'check')

/** Objects below one another, rights beside one another. */
export function RightsGrid({ label, groups, parts }: Props) {
  const { t } = useLingui()
  const words = useRightWords().rights
  const width = rightsInOrder.length + 2
  return (
    <table className={css.table} aria-label={label}>
      <thead>
        <tr>
          <th scope="col">{t`Object`}</th>
          {rightsInOrder.map((right) => (
            <th key={right} scope="col" data-kind={kind(right)}>
              {words[right]}
            </th>
          ))}
          <th scope="col">
            <span className="hidden-label">{t`Fields`}</span>
          </th>
        </tr>
      </thead>
      {groups.map((group) => (
        <tbody key={group.title}>
          <tr className={css.groupRow}>
            <th scope="rowgroup" colSpan={width}>
              {group.title}
            </th>
          </tr>
          {group.objects.map((object) => {
            const rule = parts.rule(object)
            return (
              <Fragment key={object.name}>
                <tr data-part={object.part_of !== null}>
                  <th scope="row">{object.label}</th>
                  {object.part_of ? (
                    <td colSpan={rightsInOrder.length} className={css.hint}>
                      {t`As ${parts.whole(object)}`}
                    </td>
                  ) : (
                    rightsInOrder.map((right) => (
                      <td key={right} data-kind={kind(right)}>
                        {parts.control(object, right)}
                      </td>
                    ))
                  )}
                  <td>{parts.fields(object)}</td>
                </tr>
                {rule && (
                  <tr>
                    <td colSpan={width}>{rule}</td>
                  </tr>
                )}
              </Fragment>
            )
          })}
        </tbody>
      ))}
    </table>
  )
}
