/** The ten hues an option, a tag or a person may have. */
export const hues = ['slate', 'pine', 'moss', 'ochre', 'apricot', 'rose', 'plum', 'iris', 'sky', 'sand'] as const
export type Hue = (typeof hues)[number]

/** Apricot is kept for what needs a human, so it is never given by chance. */
const chance: Hue[] = ['rose', 'iris', 'ochre', 'plum', 'sky', 'moss', 'slate', 'pine', 'sand']

export function isHue(text: string | null | undefined): text is Hue {
  return hues.includes(text as Hue)
}

/** The same text has the same hue, everywhere and always. */
export function hueOf(text: string): Hue {
  let hash = 0
  for (const char of text) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) >>> 0
  return chance[hash % chance.length] ?? 'slate'
}

/** One sign for a Chinese name, two letters for others. */
export function initials(name: string): string {
  const trimmed = name.trim()
  if (/^[\u3400-\u9fff]/.test(trimmed)) return [...trimmed][0] ?? ''
  const words = trimmed.split(/[\s,]+/).filter((word) => /[\p{L}\p{N}]/u.test(word))
  return words
    .slice(0, 2)
    .map((word) => ([...word].find((char) => /[\p{L}\p{N}]/u.test(char)) ?? '').toUpperCase())
    .join('')
}
