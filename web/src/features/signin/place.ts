/** Where the money of these is used; elsewhere the euro stands there at first. */
const currencies: Record<string, string> = {
  AU: 'AUD',
  CA: 'CAD',
  CH: 'CHF',
  CN: 'CNY',
  CZ: 'CZK',
  DK: 'DKK',
  GB: 'GBP',
  HK: 'HKD',
  HU: 'HUF',
  JP: 'JPY',
  LI: 'CHF',
  NO: 'NOK',
  PL: 'PLN',
  RO: 'RON',
  SE: 'SEK',
  SG: 'SGD',
  US: 'USD',
}

/** Country and currency that the browser's languages speak of, to be preset and changed: `it-CH` is Switzerland. */
export function guessPlace(languages: readonly string[]): { country?: string; currency: string } {
  const country = languages.map((tag) => /-([A-Z]{2})\b/.exec(tag)?.[1]).find((region) => region !== undefined)
  if (country) return { country, currency: currencies[country] ?? 'EUR' }
  return { currency: languages[0]?.startsWith('zh') ? 'CNY' : 'EUR' }
}
