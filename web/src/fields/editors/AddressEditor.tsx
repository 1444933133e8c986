import { useLingui } from '@lingui/react/macro'
import { Select, TextInput } from '@mantine/core'
import { useModel } from '../../api/ModelContext'
import type { Address } from '../address'
import css from './editors.module.css'
import { type EditorProps, inputProps } from './types'

export function AddressEditor(props: EditorProps) {
  const { value, onChange } = props
  const { t } = useLingui()
  const countries = useModel().model.lists.country ?? []
  const address = (value && typeof value === 'object' ? value : {}) as Address
  const set = (part: keyof Address, text: string | null) => onChange({ ...address, [part]: text || null })
  const input = (part: keyof Address, label: string) => (
    <TextInput
      size="xs"
      placeholder={label}
      aria-label={label}
      value={address[part] ?? ''}
      onChange={(event) => set(part, event.currentTarget.value)}
    />
  )
  return (
    <span className={css.address}>
      <TextInput
        {...inputProps({ ...props, inline: false })}
        placeholder={t`Street`}
        value={address.street ?? ''}
        onChange={(event) => set('street', event.currentTarget.value)}
      />
      {input('street2', t`Second line`)}
      <span className={css.pair}>
        {input('postal_code', t`Postal code`)}
        {input('city', t`City`)}
      </span>
      {input('region', t`Region`)}
      <Select
        aria-label={t`Country`}
        placeholder={t`Country`}
        searchable
        clearable
        data={countries.map((option) => ({ value: option.code, label: option.label }))}
        value={address.country ?? null}
        onChange={(code) => set('country', code)}
        nothingFoundMessage={t`Nothing matches`}
        clearButtonProps={{ 'aria-label': t`Clear` }}
      />
    </span>
  )
}
