import { Trans, useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { isLinkType, type ObjectModel, type RecordData } from '../../../api/model'
import { useModel } from '../../../api/ModelContext'
import type { Change, TimelineItem } from '../../../api/timeline'
import { shownChanges } from './shownChanges'
import { fieldUi } from '../../../fields'
import { isEmpty } from '../../../fields/ui'
import * as format from '../../../kit/format'
import css from './timeline.module.css'

interface Props {
  object: ObjectModel
  record: RecordData
  item: TimelineItem
}

const most = 3

/** "Giulia Ferri moved Winter contract from Discovery to Proposal, 19 Nov": one event in a sentence. */
export function ChangeLine({ object, record, item }: Props) {
  const { t } = useLingui()
  const who = item.actor?.name ?? item.origin?.name ?? t`Legame`
  const changes = shownChanges(useModel(), item)
  return (
    <div className={css.line}>
      <span>
        <b>{who}</b> <What object={object} record={record} item={item} />{' '}
        <time className="dim num" dateTime={item.at} title={format.instant(item.at)}>
          {format.daysFromToday(item.at) >= -1 ? format.time(item.at) : format.date(item.at)}
        </time>
      </span>
      {item.kind.endsWith('updated') && changes.length > 1 && (
        <ul className={css.changes}>
          {changes.slice(0, most).map((change) => (
            <li key={change.field}>
              <span className="dim">{change.label}</span> <Values object={item.object} change={change} />
            </li>
          ))}
          {changes.length > most && <li className="dim">{t`and ${changes.length - most} more`}</li>}
        </ul>
      )}
    </div>
  )
}

function What({ object, record, item }: Props) {
  const elsewhere = item.record !== record.id
  const changes = shownChanges(useModel(), item)
  const [change] = changes
  const label = change?.label ?? ''
  const place = elsewhere ? <Place item={item} here={record.id} /> : null
  if (item.kind.endsWith('created')) return elsewhere ? <Trans>created {place}</Trans> : <Trans>created this</Trans>
  if (item.kind.endsWith('deleted')) return elsewhere ? <Trans>deleted {place}</Trans> : <Trans>deleted this</Trans>
  if (item.kind.endsWith('restored')) return elsewhere ? <Trans>restored {place}</Trans> : <Trans>restored this</Trans>
  if (!change) return <>{item.title ?? item.kind}</>
  if (changes.length > 1) return elsewhere ? <Trans>changed {place}</Trans> : <Trans>changed</Trans>
  const values = <Values object={item.object ?? object.name} change={change} />
  return elsewhere ? (
    <Trans>
      changed {label} of {place}: {values}
    </Trans>
  ) : (
    <Trans>
      changed {label}: {values}
    </Trans>
  )
}

function Place({ item, here }: { item: TimelineItem; here: string }) {
  const object = useModel().object(item.object)
  const path = object?.nav ? object.path : undefined
  const title = item.title || [object?.label, linkedTo(item, here)].filter(Boolean).join(': ')
  if (!path) return <>{title}</>
  return (
    <Link to="/o/$path/$id" params={{ path, id: item.record }} className={css.place}>
      {title}
    </Link>
  )
}

function Values({ object, change }: { object: string; change: Change }) {
  const { t } = useLingui()
  const model = useModel()
  const field = model.field(object, change.field)
  // Names of linked records only the server knows; figures and dates are written as the user writes them.
  const show = (value: unknown, text: string | null | undefined) => {
    if (isEmpty(value)) return t`empty`
    if (field && !isLinkType(field)) {
      const words = fieldUi(field).text({ value, field, model })
      if (words) return words
    }
    return text || (typeof value === 'object' ? JSON.stringify(value) : String(value))
  }
  return (
    <span className={css.values}>
      <span className="dim">{show(change.before, change.before_text)}</span>
      <span aria-hidden> → </span>
      <span className="hidden-label">{t`to`}</span>
      <span>{show(change.after, change.after_text)}</span>
    </span>
  )
}

/** A record without a name of its own is told by what it links to, other than the page one is on. */
function linkedTo(item: TimelineItem, here: string): string {
  return item.changes?.find((change) => change.after_text && change.after !== here)?.after_text ?? ''
}
