import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { type KeyboardEvent, useDeferredValue, useId, useRef, useState } from 'react'
import { useModel } from '../../api/ModelContext'
import { optionOf } from '../../fields/choice'
import { isComposing, useShortcuts } from '../../kit/keyboard'
import { Kbd } from '../../kit/Kbd'
import type { RecordPart } from '../../objects/Parts'
import { problemText } from '../../objects/problem'
import css from './activity.module.css'
import { ComposerDetails } from './ComposerDetails'
import { emptyDraft, toValues, useDraft } from './draft'
import { type Composed, composed, lookOf } from './kinds'
import { MentionList } from './MentionList'
import { NextOffer } from './NextOffer'
import { useActivity } from './useActivity'
import { useMention } from './useMention'

/** Where one writes on a record: a note, or what was done or is to be done. One line until it is used; drafts survive. */
export function Composer({ object, record }: RecordPart) {
  const { t } = useLingui()
  const model = useModel()
  const { object: activity, log } = useActivity()
  const [draft, change] = useDraft(record.id)
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<string>()
  const area = useRef<HTMLTextAreaElement>(null)
  const [offers, setOffers] = useState(false)
  const mention = useMention(area, draft.text, (text) => change({ text }))
  const list = useId()
  const kindField = model.field('activity', 'kind')
  const label = (kind: string) => (kindField ? optionOf(kind, kindField, model).label : kind)
  const start = (kind: Composed) => {
    setOffers(false)
    change({ kind, open: true })
    area.current?.focus()
  }
  useShortcuts(t`On a record`, [
    { keys: 'n', label: t`Write a note`, run: () => start('note') },
    { keys: 'e', label: t`Log an e-mail`, run: () => start('email') },
    { keys: 'l', label: t`Log a call`, run: () => start('call') },
    { keys: 't', label: t`Plan a task`, run: () => start('task') },
  ])
  const open = draft.open || draft.text !== ''
  // First one can write, then come the details; whoever goes on to them by key does not wait.
  const [goesOn, setGoesOn] = useState(false)
  const hasDetails = useDeferredValue(open) || goesOn
  if (!activity?.access.create) return null

  const placeholders: Record<Composed, string> = {
    note: t`Write a note`,
    email: t`What was the e-mail about?`,
    call: t`What was said?`,
    meeting: t`What came out of it?`,
    task: t`What is to be done?`,
  }

  async function save(): Promise<void> {
    if (busy || (!draft.text.trim() && draft.kind === 'note')) return
    setBusy(true)
    setFault(undefined)
    try {
      await log(
        toValues(draft, { object: object.name, id: record.id }),
        draft.planned ? t`${label(draft.kind)} planned` : t`${label(draft.kind)} logged`,
      )
      setOffers(!draft.planned && draft.kind !== 'task' && draft.kind !== 'note')
      change({ ...emptyDraft, kind: draft.kind })
      area.current?.blur()
    } catch (error) {
      setFault(problemText(error))
    } finally {
      setBusy(false)
    }
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Tab') setGoesOn(true)
    if (isComposing(event) || (event.target === area.current && mention.onKey(event))) return
    if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) {
      event.preventDefault()
      void save()
    } else if (event.key === 'Escape' && !draft.text) {
      change({ ...emptyDraft, kind: draft.kind })
      area.current?.blur()
    }
  }

  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keys bubble up from the fields inside */}
      <div className={`${css.composer} ${open ? css.open : ''}`} onKeyDown={onKeyDown}>
        <div className={css.kinds} role="group" aria-label={t`What to write`}>
          {composed.map((kind) => {
            const { Icon } = lookOf(kind)
            return (
              <button
                key={kind}
                type="button"
                className={css.kind}
                aria-pressed={draft.kind === kind}
                onClick={() => start(kind)}
              >
                <Icon size={15} aria-hidden />
                {label(kind)}
              </button>
            )
          })}
        </div>
        <textarea
          ref={area}
          className={css.text}
          rows={1}
          aria-label={placeholders[draft.kind]}
          placeholder={placeholders[draft.kind]}
          value={draft.text}
          readOnly={busy}
          onFocus={() => change({ open: true })}
          aria-autocomplete="list"
          aria-controls={mention.people.length > 0 ? list : undefined}
          aria-activedescendant={mention.people.length > 0 ? `${list}-${mention.chosen}` : undefined}
          onChange={(event) => {
            change({ text: event.currentTarget.value })
            mention.follow()
          }}
          onBlur={mention.leave}
        />
        {mention.people.length > 0 && (
          <MentionList id={list} people={mention.people} chosen={mention.chosen} onPick={mention.pick} />
        )}
        {fault && (
          <p className={css.fault} role="alert">
            {fault}
          </p>
        )}
        {open && hasDetails && (
          <div className={css.more}>
            <ComposerDetails draft={draft} onChange={change} />
            <span className="grow" />
            <span className={css.keys}>
              <Kbd keys="mod+Enter" />
            </span>
            <Button loading={busy} disabled={!draft.text.trim() && draft.kind === 'note'} onClick={() => void save()}>
              {t`Save`}
            </Button>
          </div>
        )}
      </div>
      {offers && <NextOffer about={{ object: object.name, id: record.id }} onClose={() => setOffers(false)} />}
    </>
  )
}
