import { useLingui } from '@lingui/react/macro'
import { Popover } from '@mantine/core'
import { IconCode, IconX } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
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
  const [opened, setOpened] = useState(fresh)
  return (
    <span className={css.chip} data-fault={Boolean(fault)}>
      <Popover opened={opened} onChange={setOpened} position="bottom-start" trapFocus width={380}>
        <Popover.Target>
          <button type="button" className={css.body} aria-expanded={opened} onClick={() => setOpened(!opened)}>
            <IconCode size={14} aria-hidden />
            <code className="trunc">{fresh ? t`Expression` : text}</code>
          </button>
        </Popover.Target>
        <Popover.Dropdown>
          <Suspense>
            {opened && (
              <RawForm
                start={fresh ? '' : text}
                fault={fault}
                onSave={(next) => {
                  setOpened(false)
                  onChange(next)
                }}
              />
            )}
          </Suspense>
        </Popover.Dropdown>
      </Popover>
      <button type="button" className={css.remove} aria-label={t`Remove the expression`} onClick={() => onChange('')}>
        <IconX size={13} />
      </button>
    </span>
  )
}
