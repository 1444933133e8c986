import { useLingui } from '@lingui/react/macro'
import { Rating } from '@mantine/core'
import type { EditorProps } from './types'

export function RatingEditor({ field, value, onChange, onDone, label }: EditorProps) {
  const { t } = useLingui()
  return (
    <Rating
      aria-label={label}
      count={field.max ?? 5}
      value={typeof value === 'number' ? value : 0}
      getSymbolLabel={(stars) => t`${stars} stars`}
      onChange={(stars) => {
        onChange(stars || null)
        onDone?.(stars || null)
      }}
    />
  )
}
