import { useLingui } from '@lingui/react/macro'
import { useSearch } from '@tanstack/react-router'
import { Link } from '@tanstack/react-router'
import type { ObjectModel } from '../../api/model'
import { useModel } from '../../api/ModelContext'
import { PageHeader } from '../../kit/PageHeader'
import { isPerson } from '../../objects/list/TitleCell'
import tabs from '../../objects/list/page.module.css'
import css from './bin.module.css'
import { BinList } from './BinList'

/** What was deleted, by object, and the way back. */
export function BinPage() {
  const { t } = useLingui()
  const model = useModel()
  const search = useSearch({ strict: false }) as { object?: string }
  const main = model.model.objects.filter((object) => object.nav && object.nav !== 'settings' && object.access.read)
  const asked = model.object(search.object ?? '')
  const objects: ObjectModel[] = asked && !main.includes(asked) ? [...main, asked] : main
  const object = asked ?? objects[0]
  return (
    <>
      <PageHeader
        title={t`Bin`}
        below={t`What was deleted lies here for 30 days and comes back with everything that links to it.`}
      />
      <nav className={tabs.tabs} aria-label={t`What was deleted`}>
        {objects.map((one) => (
          <Link
            key={one.name}
            to="/bin"
            search={{ object: one.name }}
            className={tabs.tab}
            aria-current={one === object ? 'page' : undefined}
          >
            {one.label_plural}
          </Link>
        ))}
      </nav>
      <div className={css.body}>
        {object && <BinList key={object.name} object={object} person={isPerson(object)} />}
      </div>
    </>
  )
}
