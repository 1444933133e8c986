import type { Plugin } from 'vite'
import { theme, variables } from '../src/kit/theme.ts'

const name = 'virtual:theme-variables.css'

/**
 * What the theme says in the variables of Mantine, written when the client is built: Mantine itself would write it into
 * the body of the page, and then each style sheet that comes later stands before it and has all of the page laid out
 * anew.
 */
export function themeVariables(): Plugin {
  return {
    name: 'theme-variables',
    resolveId: (id) => (id === name ? `\0${name}` : undefined),
    load: async (id) => (id === `\0${name}` ? styles() : undefined),
  }
}

async function styles(): Promise<string> {
  const { DEFAULT_THEME, convertCssVariables, defaultCssVariablesResolver, mergeMantineTheme } = await import(
    '@mantine/core'
  )
  const merged = mergeMantineTheme(DEFAULT_THEME, theme)
  const usual = defaultCssVariablesResolver(DEFAULT_THEME)
  const general = defaultCssVariablesResolver(merged)
  const special = variables(merged)
  /** Without what the style sheet of Mantine says as well. */
  const own = (part: keyof typeof usual) => {
    const known: Record<string, string> = usual[part]
    return Object.fromEntries(
      Object.entries({ ...general[part], ...special[part] }).filter(([key, value]) => known[key] !== value),
    )
  }
  return convertCssVariables({ variables: own('variables'), light: own('light'), dark: own('dark') }, ':root')
}
