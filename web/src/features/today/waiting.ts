import type { ModelIndex } from '../../api/ModelIndex'
import type { ReportAsk } from '../../api/queries'

/** What is mine, open, and due today or before. */
export const mineOpen = 'owner == me() && status in ["open", "overdue"]'

export function waiting(model: ModelIndex): { report: ReportAsk; enabled: boolean } {
  const enabled = Boolean(model.object('activity')?.access.read)
  return {
    enabled,
    report: {
      object: 'activity',
      filter: `${mineOpen} && due_on <= today()`,
      group_by: [{ field: 'status' }],
      measures: [{ fn: 'count' }],
    },
  }
}
