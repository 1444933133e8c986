import { useRef } from 'react'
import { useDropTarget } from '../../kit/drag/useDropTarget'
import type { Zone } from '../Parts'
import css from './board.module.css'

/** Places that appear while a card is in the air: won, lost. */
export function Zones({ zones }: { zones: Zone[] }) {
  return (
    <div className={css.zones}>
      {zones.map((zone) => (
        <DropZone key={zone.name} zone={zone} />
      ))}
    </div>
  )
}

function DropZone({ zone }: { zone: Zone }) {
  const box = useRef<HTMLDivElement>(null)
  const over = useDropTarget(box, { zone: zone.name })
  return (
    <div ref={box} className={css.zone} data-over={over} data-tone={zone.tone} data-zone={zone.name}>
      {zone.icon}
      {zone.label}
    </div>
  )
}
