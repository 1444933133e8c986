import { useLingui } from '@lingui/react/macro'
import { DateInput, DatesProvider } from '@mantine/dates'
import '@mantine/dates/styles.layer.css'
import 'dayjs/locale/it'
import 'dayjs/locale/zh-cn'
import { currentPlace, dateInput } from '../../kit/format'
import { parseDate } from '../../kit/date'
import css from './editors.module.css'
import { type EditorProps, inputProps } from './types'

export function DateEditor(props: EditorProps) {
  const { value, onChange } = props
  const { i18n, t } = useLingui()
  const locale = i18n.locale === 'zh' ? 'zh-cn' : i18n.locale
  return (
    <DatesProvider settings={{ locale, firstDayOfWeek: currentPlace().weekStart as 0 | 1 }}>
      <DateInput
        {...inputProps(props)}
        size="xs"
        classNames={{ day: css.day ?? '' }}
        value={typeof value === 'string' && value ? value.slice(0, 10) : null}
        valueFormat={(date: string) => dateInput(date)}
        dateParser={(text) => parseDate(text)}
        onChange={(date) => onChange(date)}
        clearable={!props.inline}
        allowDeselect
        popoverProps={{ withinPortal: true }}
        ariaLabels={{
          nextMonth: t`Next month`,
          previousMonth: t`Previous month`,
          nextYear: t`Next year`,
          previousYear: t`Previous year`,
          nextDecade: t`Next decade`,
          previousDecade: t`Previous decade`,
        }}
        clearButtonProps={{ 'aria-label': t`Clear` }}
      />
    </DatesProvider>
  )
}
