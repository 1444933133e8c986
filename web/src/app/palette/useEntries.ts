import { useLingui } from '@lingui/react/macro'
import { useMantineColorScheme } from '@mantine/core'
import {
  IconCalendar,
  IconChartBar,
  IconHelp,
  IconHome,
  IconMoon,
  IconPlus,
  IconSettings,
  IconTrash,
  IconUpload,
} from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import type { Field, ObjectModel } from '../../api/model'
import { useModel } from '../../api/ModelContext'
import type { Hit, Matched } from '../../api/queries'
import { searchRecords } from '../../api/queries'
import { lower } from '../../kit/format'
import { type IconType, iconNamed } from '../../kit/icons'
import { createFields } from '../../objects/create/CreateForm'
import { openCreate } from '../../objects/create/openCreate'
import { splitCommand } from './command'
import { recent } from './recent'

export interface Entry {
  id: string
  title: string
  subtitle?: string
  /** By what it was found, with the name of the field where the value alone does not tell. */
  matched?: Matched & { named: boolean }
  Icon: IconType
  run: () => void
}

export interface Group {
  label: string
  entries: Entry[]
}

/** What the palette offers for what has been typed: records by object, then commands. */
export function useEntries(typed: string, hits: Hit[], onHelp: () => void): Group[] {
  const { t } = useLingui()
  const model = useModel()
  const navigate = useNavigate()
  const { toggleColorScheme } = useMantineColorScheme()
  const [verb, about] = splitCommand(typed)
  const wanted = verb.trim().toLowerCase()

  const open = (object: string, id: string) => {
    const path = model.object(object)?.path
    if (path) void navigate({ to: '/o/$path/$id', params: { path, id } })
  }
  const record = (hit: Hit): Entry => ({
    id: hit.id,
    title: hit.title,
    subtitle: hit.subtitle || model.object(hit.object)?.label,
    matched: hit.matched ? { ...hit.matched, named: !isPlain(model.field(hit.object, hit.matched.field)) } : undefined,
    Icon: iconNamed(model.object(hit.object)?.icon),
    run: () => open(hit.object, hit.id),
  })

  /** "New deal for Valsesia": the record named after it is filled in where it fits. */
  async function create(object: ObjectModel): Promise<void> {
    const links = createFields(object).filter((field) => field.type === 'link' && field.to)
    const targets = links.map((field) => field.to as string).filter((to) => model.object(to)?.searched)
    const [hit] = about && targets.length > 0 ? await searchRecords(about, targets, 1).catch(() => []) : []
    const field = hit && links.find((candidate) => candidate.to === hit.object)
    openCreate({ object: object.name, values: field && hit ? { [field.name]: hit } : {} })
  }

  const reachable = model.model.objects.filter((object) => object.nav && object.access.read)
  const commands: Entry[] = [
    ...reachable
      .filter((object) => object.access.create && object.nav !== 'settings')
      .map((object) => ({
        id: `new-${object.name}`,
        title: about ? t`New ${lower(object.label)} for ${about}` : t`New ${lower(object.label)}`,
        Icon: IconPlus,
        run: () => void create(object),
      })),
    { id: 'today', title: t`Go to Today`, Icon: IconHome, run: () => void navigate({ to: '/' }) },
    ...reachable.map((object) => ({
      id: `go-${object.name}`,
      title: t`Go to ${object.label_plural}`,
      Icon: iconNamed(object.icon),
      run: () => void navigate({ to: '/o/$path', params: { path: object.path } }),
    })),
    { id: 'calendar', title: t`Go to Calendar`, Icon: IconCalendar, run: () => void navigate({ to: '/calendar' }) },
    { id: 'dashboard', title: t`Go to Dashboard`, Icon: IconChartBar, run: () => void navigate({ to: '/dashboard' }) },
    { id: 'settings', title: t`Go to Settings`, Icon: IconSettings, run: () => void navigate({ to: '/settings' }) },
    { id: 'import', title: t`Import from a file`, Icon: IconUpload, run: () => void navigate({ to: '/import' }) },
    { id: 'bin', title: t`Go to the bin`, Icon: IconTrash, run: () => void navigate({ to: '/bin' }) },
    { id: 'theme', title: t`Light or dark colours`, Icon: IconMoon, run: () => toggleColorScheme() },
    { id: 'help', title: t`Keyboard shortcuts`, Icon: IconHelp, run: onHelp },
  ]
  const matching = wanted
    ? commands.filter((command) => fits(command.title, about ? `${wanted} ${about.toLowerCase()}` : wanted))
    : commands.slice(0, 8)
  const groups = new Map<string, Entry[]>()
  for (const hit of hits) {
    const label = model.object(hit.object)?.label_plural ?? hit.object
    groups.set(label, [...(groups.get(label) ?? []), record(hit)])
  }
  const found = [...groups].map(([label, entries]) => ({ label, entries }))
  const looked = wanted ? [] : [{ label: t`Recent`, entries: recent().map(record) }]
  const doing = { label: t`Commands`, entries: matching.slice(0, 8) }
  return [...looked, ...(about ? [doing, ...found] : [...found, doing])].filter((group) => group.entries.length > 0)
}

/** An address or a phone number says itself what it is. */
const isPlain = (field: Field | undefined) => /^(email|phone|url)s?$/.test(field?.type ?? '')

/** Every word typed begins some word of the command. */
function fits(title: string, typed: string): boolean {
  const words = title.toLowerCase().split(/\s+/)
  const whole = title.toLowerCase()
  return typed
    .split(/\s+/)
    .filter(Boolean)
    .every(
      (part) => words.some((word) => word.startsWith(part)) || (/[\u3400-\u9fff]/.test(part) && whole.includes(part)),
    )
}
