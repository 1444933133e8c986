import { printed } from './keyboard'
import css from './marks.module.css'

export function Kbd({ keys }: { keys: string }) {
  return <kbd className={css.kbd}>{printed(keys)}</kbd>
}
