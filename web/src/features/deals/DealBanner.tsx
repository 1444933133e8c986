import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { IconUserQuestion } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useModel } from '../../api/ModelContext'
import { refresh } from '../../api/records'
import { openCreate } from '../../objects/create/openCreate'
import { titleOf } from '../../objects/list/TitleCell'
import type { RecordPart } from '../../objects/Parts'
import css from './deals.module.css'
import { undecidedQuery } from './queries'

/** Where the stage wants somebody who decides and nobody is known to. */
export function DealBanner({ object, record }: RecordPart) {
  const { t } = useLingui()
  const client = useQueryClient()
  const roles = useModel().object('deal_contact')
  const query = useQuery(undecidedQuery(object, record.id))
  if (!query.data?.items.length) return null
  const add = () =>
    openCreate({
      object: 'deal_contact',
      values: {
        deal: { id: record.id, object: object.name, title: titleOf(object, record) },
        buying_role: 'decision_maker',
      },
      onCreated: () => refresh(client, object.name, record.id),
    })
  return (
    <div className={css.banner} role="note">
      <IconUserQuestion size={17} aria-hidden />
      <span className="grow">
        <Trans>Nobody is known who decides here.</Trans>
      </span>
      {roles?.access.create && (
        <Button variant="default" size="xs" onClick={add}>
          {t`Add decision maker`}
        </Button>
      )}
    </div>
  )
}
