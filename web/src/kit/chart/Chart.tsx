import { useComputedColorScheme } from '@mantine/core'
import { BarChart } from 'echarts/charts'
import { AriaComponent, GridComponent, TooltipComponent } from 'echarts/components'
import { type EChartsCoreOption, init, use as register } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { useEffect, useRef } from 'react'
import { useNear } from '../useNear'
import css from './chart.module.css'

register([BarChart, GridComponent, TooltipComponent, AriaComponent, SVGRenderer])

/** The colours a chart may use, read from the tokens of the theme in force. */
export interface Ink {
  brand: string
  soft: string
  attention: string
  sheet: string
  ink: string
  ink2: string
  ink3: string
  line: string
}

interface Props {
  label: string
  height: number
  option: (ink: Ink) => EChartsCoreOption
  onPick?: (index: number) => void
}

function readInk(): Ink {
  const style = getComputedStyle(document.documentElement)
  const read = (name: string) => style.getPropertyValue(name).trim()
  return {
    brand: read('--brand'),
    soft: read('--pine-bg'),
    attention: read('--attn-line'),
    sheet: read('--sheet'),
    ink: read('--ink'),
    ink2: read('--ink-2'),
    ink3: read('--ink-3'),
    line: read('--line'),
  }
}

/** A drawing of figures that also stand beside it in words; so to screen readers it is one picture. */
export function Chart({ label, height, option, onPick }: Props) {
  const box = useRef<HTMLDivElement>(null)
  const scheme = useComputedColorScheme('light')
  const near = useNear(box, '0%')
  const pick = useRef(onPick)
  useEffect(() => {
    pick.current = onPick
  })
  useEffect(() => {
    const element = box.current
    if (!element || !near) return
    const ink = readInk()
    const chart = init(element, null, { renderer: 'svg' })
    const axis = {
      axisLabel: { color: ink.ink3, fontSize: 12 },
      axisLine: { lineStyle: { color: ink.line } },
      axisTick: { show: false },
      splitLine: { lineStyle: { color: ink.line } },
    }
    const drawn = option(ink) as Record<string, object>
    chart.setOption({
      animationDuration: 200,
      textStyle: { fontFamily: 'Inter Variable, sans-serif' },
      grid: { left: 4, right: 8, top: 10, bottom: 8, containLabel: true },
      tooltip: {
        trigger: 'item',
        renderMode: 'richText',
        backgroundColor: ink.sheet,
        borderColor: ink.line,
        textStyle: { color: ink.ink, fontSize: 12.5 },
      },
      ...drawn,
      xAxis: { ...axis, ...drawn.xAxis },
      yAxis: { ...axis, ...drawn.yAxis },
    })
    chart.on('click', (event) => pick.current?.(event.dataIndex as number))
    // It is told its size once at the beginning, which the chart was drawn for.
    const observer = new ResizeObserver(() => {
      if (element.clientWidth !== chart.getWidth() || element.clientHeight !== chart.getHeight()) chart.resize()
    })
    observer.observe(element)
    return () => {
      observer.disconnect()
      chart.dispose()
    }
    // The theme is a reason to draw anew: the ink is read from its tokens.
  }, [option, scheme, near])
  return (
    <div
      ref={box}
      className={css.chart}
      style={{ height }}
      role="img"
      aria-label={label}
      data-pick={onPick !== undefined}
    />
  )
}
