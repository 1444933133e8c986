import { useLingui } from '@lingui/react/macro'
import { useMantineColorScheme } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useModel } from '../../api/ModelContext'
import { isTyping, type Shortcut, useShortcuts } from '../../kit/keyboard'
import { undoLast } from '../../objects/useUndo'
import { navSections } from './navItems'

/** Keys that work everywhere. G and the first letter of a place goes there. */
export function useGlobalKeys({ openPalette, openHelp }: { openPalette: () => void; openHelp: () => void }): void {
  const { t } = useLingui()
  const navigate = useNavigate()
  const model = useModel()
  const { toggleColorScheme } = useMantineColorScheme()
  const taken = new Set(['h', 'r', 's'])
  const places: Shortcut[] = []
  for (const object of navSections(model).flatMap((section) => section.objects)) {
    // The letter is that of the object's name, so it stays the same in every language.
    const key = [...object.path].find((letter) => /[a-z]/.test(letter) && !taken.has(letter))
    if (!key) continue
    taken.add(key)
    places.push({
      keys: `g ${key}`,
      label: object.label_plural,
      run: () => void navigate({ to: '/o/$path', params: { path: object.path } }),
    })
  }
  useShortcuts(t`Everywhere`, [
    { keys: 'mod+k', label: t`Search or run a command`, run: openPalette },
    { keys: '?', label: t`This help`, run: openHelp },
    { keys: 'mod+z', label: t`Undo the last change`, run: (event) => void undoUnlessTyping(event) },
    { keys: 'mod+shift+l', label: t`Light or dark colours`, run: () => toggleColorScheme() },
    { keys: 'g h', label: t`Today`, run: () => void navigate({ to: '/' }) },
    { keys: 'g r', label: t`Dashboard`, run: () => void navigate({ to: '/dashboard' }) },
    { keys: 'g s', label: t`Settings`, run: () => void navigate({ to: '/settings' }) },
    ...places,
  ])
}

/** Inside a text the browser's own undo is meant. */
function undoUnlessTyping(event: KeyboardEvent): void {
  if (isTyping(event.target)) document.execCommand('undo')
  else void undoLast()
}
