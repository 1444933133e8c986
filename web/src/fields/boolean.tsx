import { t } from '@lingui/core/macro'
import { IconCheck } from '@tabler/icons-react'
import { forBoolean } from './operators'
import type { FieldUi, Shown } from './ui'

const words = ({ value }: Shown) => (value === true ? t`Yes` : value === false ? t`No` : '')

export const boolean: FieldUi = {
  width: 90,
  cell: (shown) =>
    shown.value === true && !shown.full ? (
      <IconCheck size={15} role="img" aria-label={t`Yes`} />
    ) : (
      <span>{words(shown)}</span>
    ),
  text: words,
  editor: 'boolean',
  atOnce: true,
  operators: forBoolean,
}
