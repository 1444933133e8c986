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
  // One path a colour: a list of companies has several hundred bars.
  const bars = new Map<string, string>()
  barHeights(weeks).forEach((share, index) => {
    const tall = share === 0 ? flat : Math.max(flat + 1, share * height)
    const colour = barColour(share, index >= weeks.length - 4, quiet)
    bars.set(colour, (bars.get(colour) ?? '') + bar(index * step, height, step - 2, tall))
  })
  return (
    <svg className={css.pulse} width={width} height={height} role="img" aria-label={pulseText(weeks)}>
      {[...bars].map(([colour, path]) => (
        <path key={colour} d={path} fill={colour} />
      ))}
    </svg>
  )
}

/** A bar that stands on `foot`, its corners rounded by one pixel. */
function bar(x: number, foot: number, width: number, height: number): string {
  const short = (figure: number) => Math.round(figure * 100) / 100
  const [left, across, up] = [short(x + 1), short(width - 2), short(height - 2)]
  return `M${left} ${foot}h${across}q1 0 1-1v${-up}q0-1-1-1h${-across}q-1 0-1 1v${up}q0 1 1 1z`
}

function barColour(share: number, recent: boolean, quiet: boolean): string {
  if (share === 0) return 'var(--line-strong)'
  if (quiet) return 'var(--attn-line)'
  return recent ? 'var(--brand)' : 'color-mix(in srgb, var(--brand) 45%, var(--sheet))'
}
