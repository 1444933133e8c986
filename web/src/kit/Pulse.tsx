import { plural, t } from '@lingui/core/macro'
import { barHeights, readPulse } from './pulse'
import css from './marks.module.css'

interface Props {
  weeks: number[]
  width?: number
  height?: number
}

const flat = 2

export function pulseText(weeks: number[]): string {
  const { total, recent, quiet } = readPulse(weeks)
  if (total === 0) return t`No touches in 12 weeks`
  const all = plural(total, { one: '# touch in 12 weeks', other: '# touches in 12 weeks' })
  return quiet ? t`${all}, none in the last 4` : t`${all}, ${recent} in the last 4`
}

/** Our signature: touches per week, last four dark, apricot when a once-active contact went quiet. */
export function Pulse({ weeks, width = 108, height = 22 }: Props) {
  const step = width / Math.max(weeks.length, 1)
  const { quiet } = readPulse(weeks)
  const heights = barHeights(weeks)
  return (
    <svg className={css.pulse} width={width} height={height} role="img" aria-label={pulseText(weeks)}>
      {heights.map((share, index) => {
        const tall = share === 0 ? flat : Math.max(flat + 1, share * height)
        return (
          <rect
            key={index}
            x={index * step}
            y={height - tall}
            width={step - 2}
            height={tall}
            rx={1}
            fill={barColour(share, index >= weeks.length - 4, quiet)}
          />
        )
      })}
    </svg>
  )
}

function barColour(share: number, recent: boolean, quiet: boolean): string {
  if (share === 0) return 'var(--line-strong)'
  if (quiet) return 'var(--attn-line)'
  return recent ? 'var(--brand)' : 'color-mix(in srgb, var(--brand) 45%, var(--sheet))'
}
