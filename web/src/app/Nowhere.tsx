import { NotFound } from './NotFound'

/** An address that no route is for, outside the workspace. */
export function Nowhere() {
  return (
    <main>
      <NotFound />
    </main>
  )
}
