import { i18n } from '@lingui/core'

export const languages = [
  { code: 'en', name: 'English' },
  { code: 'it', name: 'Italiano' },
  { code: 'zh', name: '中文' },
] as const

export type Language = (typeof languages)[number]['code']

const catalogs: Record<Language, () => Promise<{ messages: Record<string, string> }>> = {
  en: () => import('../locales/en.json?lingui'),
  it: () => import('../locales/it.json?lingui'),
  zh: () => import('../locales/zh.json?lingui'),
}

export function isLanguage(code: string | null | undefined): code is Language {
  return code !== null && code !== undefined && code in catalogs
}

/** The language of someone not yet known: the last one chosen here, else the browser's. */
export function firstLanguage(): Language {
  const wanted = [localStorage.getItem('legame.language'), document.documentElement.lang, ...navigator.languages]
  const [stored, , ...browser] = wanted
  for (const code of [stored, ...browser]) {
    const short = code?.slice(0, 2)
    if (isLanguage(short)) return short
  }
  return 'en'
}

export async function activate(language: Language): Promise<void> {
  const { messages } = await catalogs[language]()
  i18n.loadAndActivate({ locale: language, messages })
  document.documentElement.lang = language === 'zh' ? 'zh-Hans' : language
  localStorage.setItem('legame.language', language)
}

const usual: Record<Language, string> = { en: 'en-GB', it: 'it-IT', zh: 'zh-CN' }

/** How figures and dates are written by someone who has not said otherwise. */
export function usualLocale(language: string): string {
  return isLanguage(language) ? usual[language] : language
}
