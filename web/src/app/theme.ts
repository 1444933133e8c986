import { localStorageColorSchemeManager, type MantineColorSchemeManager } from '@mantine/core'

const stored = localStorageColorSchemeManager({ key: 'legame.theme' })

/** The choice is kept here and in a cookie, so that the server can write the page in the right colours. */
export const colorScheme: MantineColorSchemeManager = {
  ...stored,
  set: (value) => {
    stored.set(value)
    const age = value === 'auto' ? 0 : 31_536_000
    document.cookie = `theme=${value}; path=/; max-age=${age}; samesite=lax`
  },
}

/** The scroll lock of dialogs writes a style element of its own and looks for the nonce under this name. */
export function shareNonce(): void {
  Object.assign(globalThis, { __webpack_nonce__: styleNonce() })
}

export function styleNonce(): string {
  const meta = document.querySelector<HTMLMetaElement>('meta[name=csp-nonce]')
  return meta?.nonce || meta?.content || ''
}
