import { NativeSelect, TextInput } from '@mantine/core'
import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { currentPlace, number } from '../../kit/format'
import { useModel } from '../../api/ModelContext'
import { isMoney } from '../money'
import css from './editors.module.css'
import { readTyped } from './readTyped'
import { type EditorProps, inputProps } from './types'

const shownAmount = (amount: string) => (Number.isFinite(Number(amount)) ? number(amount) : amount)
const usual = ['EUR', 'USD', 'GBP', 'CHF', 'CNY']

export function MoneyEditor(props: EditorProps) {
  const { value, onChange, label } = props
  const { t } = useLingui()
  const workspace = useModel().model.workspace
  const [text, setText] = useState(isMoney(value) ? shownAmount(value.amount) : '')
  const [currency, setCurrency] = useState(
    isMoney(value) ? value.currency : workspace.currency || currentPlace().currency,
  )
  const offered = [...new Set([currency, workspace.currency, ...usual])].filter(Boolean)

  function change(nextText: string, nextCurrency: string): void {
    setText(nextText)
    setCurrency(nextCurrency)
    const amount = readTyped(nextText)
    onChange(amount === null ? null : { amount, currency: nextCurrency })
  }

  return (
    <span className={css.money}>
      <TextInput
        {...inputProps(props)}
        value={text}
        inputMode="decimal"
        autoComplete="off"
        onChange={(event) => change(event.currentTarget.value, currency)}
      />
      <NativeSelect
        aria-label={t`Currency of ${label}`}
        size="xs"
        variant={props.inline ? 'unstyled' : 'default'}
        className={css.currency}
        data={offered}
        value={currency}
        onChange={(event) => change(text, event.currentTarget.value)}
      />
    </span>
  )
}
