import { plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { type ReactNode, useState } from 'react'
import { useNarrow } from '../../kit/useMedia'
import { showProblem } from '../../objects/problem'
import { FieldRightsDialog } from './FieldRightsDialog'
import { ReachCell } from './ReachCell'
import { RightsCards } from './RightsCards'
import { RightsGrid } from './RightsGrid'
import {
  type Allowing,
  belongs,
  fieldRight,
  inOrder,
  isReaching,
  type ObjectRights,
  type Reaching,
  type RightsParts,
} from './rights'
import css from './rights.module.css'
import { RuleForm } from './RuleForm'
import type { Rights } from './useRights'
import { useRightWords } from './useRightWords'

interface Props {
  role: string
  label: string
  objects: ObjectRights[]
  rights: Rights
}

/** One role's rights, object by object; each is changed in its place. */
export function RightsTable({ role, label, objects, rights }: Props) {
  const { t } = useLingui()
  const words = useRightWords()
  const [ruling, setRuling] = useState<{ object: string; right: Reaching } | null>(null)
  const [fieldsOf, setFieldsOf] = useState<string | null>(null)
  const opened = objects.find((object) => object.name === fieldsOf)
  const place = (object: ObjectRights, right: Reaching) => `${object.name}.${right}`
  const nameOf = (object: ObjectRights, right: Reaching | Allowing) => `${object.label}, ${words.rights[right]}`

  const parts: RightsParts<ReactNode> = {
    of: rights.of,
    whole: (object) => objects.find((one) => one.name === object.part_of)?.label ?? '',
    control: (object, right) =>
      isReaching(right) ? (
        <ReachCell
          place={place(object, right)}
          name={nameOf(object, right)}
          reach={rights.of(object)[right]}
          levels={object.levels}
          onLevel={(level) => void rights.reach(object, right, { level }).catch(showProblem)}
          onRule={() => setRuling({ object: object.name, right })}
        />
      ) : (
        <label className={css.check}>
          <input
            type="checkbox"
            aria-label={nameOf(object, right)}
            checked={rights.of(object)[right]}
            onChange={(event) => rights.allow(object, right, event.currentTarget.checked)}
          />
        </label>
      ),
    rule: (object) =>
      ruling?.object === object.name && (
        <RuleForm
          key={ruling.right}
          name={nameOf(object, ruling.right)}
          start={rights.of(object)[ruling.right].rule}
          onSave={(rule) => rights.reach(object, ruling.right, { rule })}
          onClose={() => {
            setRuling(null)
            document.querySelector<HTMLElement>(`[data-place="${place(object, ruling.right)}"]`)?.focus()
          }}
        />
      ),
    fields: (object) => {
      const limited = object.fields.filter((field) => fieldRight(field, role) !== field.choices[0]).length
      return (
        object.fields.length > 0 && (
          <span className={css.fieldsCell}>
            <button
              type="button"
              className={css.fieldsButton}
              aria-label={t`Fields of ${object.label}`}
              onClick={() => setFieldsOf(object.name)}
            >
              {t`Fields`}
            </button>
            {limited > 0 && <Count of={limited} />}
          </span>
        )
      )
    },
  }
  const main = objects.filter((object) => object.nav !== 'settings')
  const groups = [
    { title: t`Daily work`, objects: inOrder(main.filter((object) => belongs(object, objects))) },
    { title: t`Settings`, objects: objects.filter((object) => object.nav === 'settings') },
    { title: t`Other objects`, objects: inOrder(main.filter((object) => !belongs(object, objects))) },
  ]
  const Shape = useNarrow() ? RightsCards : RightsGrid
  return (
    <>
      <Shape label={t`Rights of ${label}`} groups={groups} parts={parts} />
      {opened && (
        <FieldRightsDialog
          object={opened}
          role={role}
          label={label}
          rights={rights}
          onClose={() => setFieldsOf(null)}
        />
      )}
    </>
  )
}

/** How many fields are not as free as they could be. */
function Count({ of }: { of: number }) {
  const words = plural(of, { one: '# limited field', other: '# limited fields' })
  return (
    <span className={css.count} role="img" aria-label={words} title={words}>
      {of}
    </span>
  )
}
