import { useLingui } from '@lingui/react/macro'
import type { Field } from '../../api/model'
import type { WorkspaceSettings } from './workspaceApi'

/** The settings of the workspace in the form of fields, so that they are shown and edited like any other. */
export function useWorkspaceFields(saved: WorkspaceSettings | undefined): Field[] {
  const { t } = useLingui()
  const holder = saved?.currency_held_by
  return [
    { name: 'name', type: 'text', label: t`Company`, required: true, writable: true, max: 200 },
    {
      name: 'language',
      type: 'choice',
      label: t`Language`,
      help: t`Of colleagues who have chosen none, and of names that Legame makes by itself. Stages, roles and lists of choices keep the names that they have.`,
      required: true,
      writable: true,
      options: [
        { code: 'en', label: 'English' },
        { code: 'it', label: 'Italiano' },
        { code: 'zh', label: '中文' },
      ],
    },
    {
      name: 'currency',
      type: 'choice',
      label: t`Currency`,
      help: holder
        ? t`${holder} hold amounts already, and each is kept with its worth in this currency: it cannot be changed any more. Single amounts may be in any currency.`
        : t`Sums and reports are in this currency. It can be changed until the first amount is kept.`,
      required: true,
      writable: !holder,
      list: 'currency',
    },
    {
      name: 'country',
      type: 'choice',
      label: t`Country`,
      help: t`Of phone numbers that are written without a country.`,
      writable: true,
      list: 'country',
    },
    {
      name: 'time_zone',
      type: 'choice',
      label: t`Time zone`,
      help: t`Days of reports and closing dates begin at midnight here.`,
      required: true,
      writable: true,
      list: 'time_zone',
    },
  ]
}
