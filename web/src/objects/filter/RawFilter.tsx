import { useLingui } from '@lingui/react/macro'
import { IconCode, IconX } from '@tabler/icons-react'
import { lazy, Suspense } from 'react'
import { PopoverButton } from '../../kit/opens'
import css from './filter.module.css'

const RawForm = lazy(() => import('./RawForm').then((module) => ({ default: module.RawForm })))

interface Props {
  text: string
  fault?: string
  onChange: (text: string) => void
}

/** A condition beyond the builder, shown and edited as the expression it is. */
export function RawFilter({ text, fault, onChange }: Props) {
  const { t } = useLingui()
  const fresh = text === 'true'
  return (
    <span className={css.chip} data-fault={Boolean(fault)}>
      <PopoverButton
        width={380}
        start={fresh}
        target={
          <button type="button" className={css.body}>
            <IconCode size={14} aria-hidden />
            <code className="trunc">{fresh ? t`Expression` : text}</code>
          </button>
        }
      >
        {(close) => (
          <Suspense>
            <RawForm
              start={fresh ? '' : text}
              fault={fault}
              onSave={(next) => {
                close()
                onChange(next)
              }}
            />
          </Suspense>
        )}
      </PopoverButton>
      <button type="button" className={css.remove} aria-label={t`Remove the expression`} onClick={() => onChange('')}>
        <IconX size={13} />
      </button>
    </span>
  )
}
