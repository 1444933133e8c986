import {
  IconCalendarEvent,
  IconCheck,
  IconMail,
  IconMessage,
  IconNote,
  IconPhone,
  IconWriting,
} from '@tabler/icons-react'
import type { Hue } from '../../kit/hue'
import type { IconType } from '../../kit/icons'

interface Look {
  Icon: IconType
  hue: Hue
}

const looks: Record<string, Look> = {
  call: { Icon: IconPhone, hue: 'sky' },
  meeting: { Icon: IconCalendarEvent, hue: 'ochre' },
  email: { Icon: IconMail, hue: 'iris' },
  message: { Icon: IconMessage, hue: 'plum' },
  letter: { Icon: IconWriting, hue: 'sand' },
  task: { Icon: IconCheck, hue: 'slate' },
  note: { Icon: IconNote, hue: 'moss' },
}

/** Kinds are open: an unknown one looks like a note. */
export function lookOf(kind: unknown): Look {
  return looks[String(kind)] ?? { Icon: IconNote, hue: 'slate' }
}

/** What the composer writes. */
export const composed = ['note', 'email', 'call', 'meeting', 'task'] as const
export type Composed = (typeof composed)[number]
