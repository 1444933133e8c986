import type { Locator, Page } from '@playwright/test'

interface Point {
  x: number
  y: number
}

/** What the browser carries, as it hands it over. */
interface Load {
  items: { mimeType: string; data: string }[]
  dragOperationsMask: number
}

/** A card in the air. */
export interface Lifted {
  over: (place: Locator, at: Point) => Promise<void>
  drop: () => Promise<void>
}

/**
 * Takes hold of something and waits until the browser says that it is in the air. Playwright's own `dragTo` gives the
 * browser one moment for that: on a board that changes under the pointer it now and then misses it, and such a drag
 * never ends. Null when nothing could be taken hold of there.
 */
export async function lift(page: Page, source: Locator): Promise<Lifted | null> {
  await source.hover()
  const box = await source.boundingBox()
  if (!box) return null
  const tab = await page.context().newCDPSession(page)
  let at = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  const mouse = (type: 'mousePressed' | 'mouseMoved' | 'mouseReleased') =>
    tab.send('Input.dispatchMouseEvent', { type, ...at, button: 'left', clickCount: 1, buttons: 1 })
  await tab.send('Input.setInterceptDrags', { enabled: true })
  const intercepted = new Promise<Load | null>((resolve) => {
    tab.once('Input.dragIntercepted', (event) => resolve(event.data))
    setTimeout(() => resolve(null), 5000)
  })
  await mouse('mousePressed')
  at = { x: at.x + 16, y: at.y + 16 }
  await mouse('mouseMoved')
  const data = await intercepted
  const end = async () => {
    await tab.send('Input.setInterceptDrags', { enabled: false })
    await tab.detach()
  }
  if (!data) {
    // Let go beside it, so that it is no click.
    at = { x: at.x, y: 2 }
    await mouse('mouseReleased')
    await end()
    return null
  }
  const send = (type: 'dragEnter' | 'dragOver' | 'drop') => tab.send('Input.dispatchDragEvent', { type, ...at, data })
  await send('dragEnter')
  return {
    over: async (place, within) => {
      const target = await place.boundingBox()
      at = { x: (target?.x ?? 0) + within.x, y: (target?.y ?? 0) + within.y }
      await send('dragOver')
    },
    drop: async () => {
      await send('drop')
      await end()
    },
  }
}

/** Takes hold of something, carries it to a place and lets go; false when nothing could be taken hold of. */
export async function drag(page: Page, source: Locator, target: Locator, within: Point): Promise<boolean> {
  const lifted = await lift(page, source)
  await lifted?.over(target, within)
  await lifted?.drop()
  return lifted !== null
}
