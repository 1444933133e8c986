import { useLingui } from '@lingui/react/macro'
import { useModel } from '../../api/ModelContext'
import * as format from '../../kit/format'
import css from './import.module.css'
import type { Fate } from './importApi'

/** What becomes of the records of an import that is taken back, or what has become of them. */
export function Fates({ fates, isAhead = false }: { fates: Fate[]; isAhead?: boolean }) {
  const { t } = useLingui()
  const model = useModel()
  // Records that only connect two others say nothing to people.
  const named = fates.filter(({ object }) => model.object(object)?.nav)
  const told = named.length > 0 ? named : fates
  const counted = (name: 'gone' | 'put_back' | 'stay') =>
    told
      .filter((fate) => fate[name] > 0)
      .map((fate) => {
        const object = model.object(fate.object)
        const label = fate[name] === 1 ? object?.label : object?.label_plural
        return `${format.number(fate[name])} ${format.lower(label ?? fate.object)}`
      })
      .join(', ')
  const lines = [
    { label: isAhead ? t`Goes to the bin` : t`Went to the bin`, value: counted('gone') },
    { label: isAhead ? t`Becomes what it was before` : t`Is what it was before`, value: counted('put_back') },
    { label: t`Stays, because somebody has worked with it since`, value: counted('stay') },
  ]
  return (
    <dl className={css.fates}>
      {lines
        .filter((line) => line.value)
        .map((line) => (
          <div key={line.label}>
            <dt>{line.label}</dt>
            <dd>{line.value}</dd>
          </div>
        ))}
    </dl>
  )
}
