import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type KeyboardEvent, useState } from 'react'
import { Problem } from '../../api/client'
import type { Field, ObjectModel } from '../../api/model'
import { useSession } from '../../api/ModelContext'
import { createRecord, refresh } from '../../api/records'
import { isEditable } from '../../fields'
import { today } from '../../kit/format'
import { isComposing } from '../../kit/keyboard'
import { Kbd } from '../../kit/Kbd'
import { FormField } from '../edit/FormField'
import { problemText } from '../problem'
import { useUndo } from '../useUndo'
import css from './create.module.css'
import { Duplicates } from './Duplicates'
import type { CreateAsk } from './openCreate'
import { sent } from './sent'

const most = 8

/** At most eight fields, from the object's own layout; what is required is always among them. */
export function createFields(object: ObjectModel): Field[] {
  const wanted = object.layout.create?.length ? object.layout.create : [object.title]
  const named = wanted
    .map((name) => object.fields.find((field) => field.name === name))
    .filter((field) => field !== undefined)
  const required = object.fields.filter((field) => field.required && !named.includes(field))
  return [...named, ...required].filter(isEditable).slice(0, Math.max(most, required.length))
}

export function CreateForm({ object, ask, onClose }: { object: ObjectModel; ask: CreateAsk; onClose: () => void }) {
  const { t } = useLingui()
  const client = useQueryClient()
  const navigate = useNavigate()
  const me = useSession().user
  const tellDone = useUndo()
  const fields = createFields(object)
  const start = () => ({ ...defaults(fields, me), ...ask.values })
  const [values, setValues] = useState<Record<string, unknown>>(start)
  const [problem, setProblem] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const [round, setRound] = useState(0)
  /** Editors hold what is typed; one whose value was taken from a proposal begins anew. */
  const [taken, setTaken] = useState<Record<string, number>>({})

  async function save(another: boolean): Promise<void> {
    setBusy(true)
    setProblem(null)
    try {
      const answer = await createRecord(object, sent(object, values))
      refresh(client, object.name)
      const title = String(answer.data[object.title] ?? object.label)
      tellDone(t`${title} created`, [answer.correlation], t`${title} created`)
      ask.onCreated?.({ id: answer.data.id, title })
      if (another) {
        setValues(start())
        setRound(round + 1)
      } else {
        onClose()
        if (!ask.onCreated) void navigate({ to: '/o/$path/$id', params: { path: object.path, id: answer.data.id } })
      }
    } catch (error) {
      setProblem(error)
    } finally {
      setBusy(false)
    }
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Enter' && (event.metaKey || event.ctrlKey) && !isComposing(event)) {
      event.preventDefault()
      void save(event.shiftKey)
    }
  }

  const faultOf = (field: Field) => (problem instanceof Problem ? problem.field(field.name) : undefined)
  const placed = fields.some((field) => faultOf(field))
  return (
    <form
      className={css.form}
      onKeyDown={onKeyDown}
      onSubmit={(event) => {
        event.preventDefault()
        void save(false)
      }}
    >
      <div key={round} className={css.fields}>
        {fields.map((field, at) => (
          <FormField
            key={`${field.name} ${taken[field.name] ?? 0}`}
            field={field}
            object={object.name}
            record={values}
            value={values[field.name]}
            fault={faultOf(field)}
            autoFocus={at === 0 && Object.keys(taken).length === 0}
            onChange={(value) => setValues((before) => ({ ...before, [field.name]: value }))}
          />
        ))}
      </div>
      <Duplicates
        object={object}
        values={values}
        fields={fields}
        onUse={ask.onCreated}
        onLink={(name, record) => {
          setValues((before) => ({ ...before, [name]: record }))
          setTaken((before) => ({ ...before, [name]: (before[name] ?? 0) + 1 }))
        }}
        onClose={onClose}
      />
      {problem !== null && !placed && (
        <p className={css.problem} role="alert">
          {problemText(problem)}
        </p>
      )}
      <div className={css.buttons}>
        <span className={css.hint}>
          <Kbd keys="mod+Enter" /> {t`saves`} · <Kbd keys="mod+shift+Enter" /> {t`saves and adds another`}
        </span>
        <Button variant="default" onClick={onClose}>
          {t`Cancel`}
        </Button>
        <Button type="submit" loading={busy}>
          {t`Create`}
        </Button>
      </div>
    </form>
  )
}

function defaults(fields: Field[], me: { id: string; name: string }): Record<string, unknown> {
  const out: Record<string, unknown> = {}
  for (const field of fields) {
    if (field.default === 'me' || (field.name === 'owner' && field.type === 'user'))
      out[field.name] = { id: me.id, title: me.name }
    else if (field.type === 'boolean' && field.default != null) out[field.name] = String(field.default) === 'true'
    else if (field.default === 'today') out[field.name] = today()
    else if (field.default !== undefined && field.default !== null && field.default !== 'now')
      out[field.name] = field.default
  }
  return out
}
