import { linked } from './link'
import type { FieldUi } from './ui'

export const file: FieldUi = {
  width: 160,
  cell: ({ value, full }) => {
    const item = linked(value)
    if (!item) return null
    return (
      <a className="trunc quiet-link" href={`/api/v1/files/${item.id}/content`} tabIndex={full ? 0 : -1} download>
        {item.title ?? item.id.slice(0, 8)}
      </a>
    )
  },
  text: ({ value }) => linked(value)?.title ?? '',
  editor: 'file',
  operators: ['empty', 'not_empty'],
}
