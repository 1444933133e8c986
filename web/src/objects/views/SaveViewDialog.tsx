import { useLingui } from '@lingui/react/macro'
import { Button, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { ObjectModel } from '../../api/model'
import { type SavedView, saveView, updateView } from '../../api/views'
import { Dialog } from '../../kit/Dialog'
import { Segmented } from '../../kit/Segmented'
import { showToast } from '../../kit/toast'
import { problemText } from '../problem'
import css from './views.module.css'
import { asSaved, type ListState } from './useListState'

interface Props {
  object: ObjectModel
  state: ListState
  /** A view that is there already: its name and who sees it. */
  view?: SavedView
  onClose: () => void
}

/** Keeps filter, order, columns and shape of the list under a name. */
export function SaveViewDialog({ object, state, view: known, onClose }: Props) {
  const { t } = useLingui()
  const client = useQueryClient()
  const [name, setName] = useState(known?.label ?? '')
  const [shared, setShared] = useState(known?.shared_with ?? 'me')
  const [fault, setFault] = useState<string>()
  const [busy, setBusy] = useState(false)

  async function save(): Promise<void> {
    setBusy(true)
    try {
      if (known) {
        await updateView(known.id, { name: name.trim(), shared_with: shared })
        await client.invalidateQueries({ queryKey: ['views', object.name] })
        onClose()
        return showToast({ message: t`View “${name.trim()}” saved` })
      }
      const view = await saveView({
        name: name.trim(),
        object: object.name,
        shape: state.shape,
        filter: state.filter || null,
        columns: state.columns,
        widths: state.widths.list(),
        pinned: state.pinned,
        sort: state.sort || null,
        group: state.shape === 'board' ? state.group : null,
        summaries: state.view.summaries ?? [],
        shared_with: shared,
      })
      await client.invalidateQueries({ queryKey: ['views', object.name] })
      onClose()
      state.change({ ...asSaved, view: view.name })
      showToast({ message: t`View “${view.label}” saved` })
    } catch (error) {
      setFault(problemText(error))
    } finally {
      setBusy(false)
    }
  }

  return (
    <Dialog title={known ? t`Name and sharing` : t`Save view`} onClose={onClose} size={400}>
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <TextInput
          data-autofocus
          label={t`Name`}
          value={name}
          error={fault}
          maxLength={100}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <div>
          <div className={css.label}>{t`Who sees it`}</div>
          <Segmented
            label={t`Who sees it`}
            value={shared}
            onChange={setShared}
            choices={[
              { value: 'me', label: t`Only me` },
              { value: 'team', label: t`My team` },
              { value: 'everyone', label: t`Everyone` },
            ]}
          />
        </div>
        <div className={css.buttons}>
          <Button variant="default" onClick={onClose}>
            {t`Cancel`}
          </Button>
          <Button type="submit" disabled={!name.trim()} loading={busy}>
            {t`Save view`}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
