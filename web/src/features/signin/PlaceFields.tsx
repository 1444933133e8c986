import { useLingui } from '@lingui/react/macro'
import { Select } from '@mantine/core'
import css from './signin.module.css'

const currencies = [
  'EUR',
  'USD',
  'GBP',
  'CHF',
  'CNY',
  'PLN',
  'CZK',
  'SEK',
  'DKK',
  'NOK',
  'HUF',
  'RON',
  'JPY',
  'HKD',
  'SGD',
  'AUD',
  'CAD',
]

interface Props {
  language: string
  currency: string
  zone: string
  onLanguage: (language: string) => void
  onCurrency: (currency: string) => void
  onZone: (zone: string) => void
  fault: (name: string) => string | undefined
}

/** How figures, dates and days are meant here. */
export function PlaceFields({ language, currency, zone, onLanguage, onCurrency, onZone, fault }: Props) {
  const { t } = useLingui()
  return (
    <>
      <div className={css.pair}>
        <Select
          size="sm"
          label={t`Language`}
          allowDeselect={false}
          data={[
            { value: 'en', label: 'English' },
            { value: 'it', label: 'Italiano' },
            { value: 'zh', label: '中文' },
          ]}
          value={language}
          onChange={(value) => value && onLanguage(value)}
        />
        <Select
          size="sm"
          label={t`Currency`}
          searchable
          allowDeselect={false}
          data={currencies}
          value={currency}
          onChange={(value) => value && onCurrency(value)}
          error={fault('currency')}
        />
      </div>
      <Select
        size="sm"
        label={t`Time zone`}
        searchable
        allowDeselect={false}
        limit={80}
        data={Intl.supportedValuesOf('timeZone')}
        value={zone}
        onChange={(value) => value && onZone(value)}
        error={fault('time_zone')}
      />
    </>
  )
}
