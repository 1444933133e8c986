import type { ModelIndex } from '../api/ModelIndex'
import { text } from './text'
import type { FieldUi, Shown } from './ui'

export interface Address {
  street?: string | null
  street2?: string | null
  postal_code?: string | null
  city?: string | null
  region?: string | null
  country?: string | null
}

function country(code: string | null | undefined, model: ModelIndex): string {
  return model.model.lists.country?.find((option) => option.code === code)?.label ?? code ?? ''
}

/** The lines of an address from small to large. Postal code before the city fits most of the world we know. */
export function addressLines(value: Address, model: ModelIndex): string[] {
  const town = [value.postal_code, value.city, value.region].filter(Boolean).join(' ')
  return [value.street, value.street2, town, country(value.country, model)].filter((line): line is string =>
    Boolean(line),
  )
}

function lines({ value, model }: Shown): string[] {
  return value && typeof value === 'object' ? addressLines(value as Address, model) : []
}

export const address: FieldUi = {
  ...text,
  width: 220,
  cell: (shown) =>
    shown.full ? (
      <span>
        {lines(shown).map((line) => (
          <span key={line} className="line">
            {line}
          </span>
        ))}
      </span>
    ) : (
      <span className="trunc">{lines(shown).join(', ')}</span>
    ),
  text: (shown) => lines(shown).join(', '),
  editor: 'address',
  operators: ['empty', 'not_empty'],
}
