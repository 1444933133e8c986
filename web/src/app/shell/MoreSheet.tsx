import { useLingui } from '@lingui/react/macro'
import { Drawer } from '@mantine/core'
import { IconCalendar, IconSearch, IconSettings, IconTrash } from '@tabler/icons-react'
import { useModel } from '../../api/ModelContext'
import { iconNamed } from '../../kit/icons'
import { NavFoot } from './NavFoot'
import { NavLink } from './NavLink'
import { navSections } from './navItems'
import css from './shell.module.css'

/** On a phone: everything that has no place in the bar. */
export function MoreSheet({
  onClose,
  onSearch,
  onHelp,
}: {
  onClose: () => void
  onSearch: () => void
  onHelp: () => void
}) {
  const { t } = useLingui()
  const sections = navSections(useModel())
  return (
    <Drawer
      opened
      onClose={onClose}
      position="bottom"
      size="auto"
      title={t`Menu`}
      closeButtonProps={{ 'aria-label': t`Close` }}
      overlayProps={{ backgroundOpacity: 0.28 }}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a click on any of the links closes the sheet */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the links inside take the keys */}
      <div className={css.sheet} onClick={(event) => (event.target as HTMLElement).closest('a') && onClose()}>
        <button
          type="button"
          className={css.search}
          onClick={() => {
            onClose()
            onSearch()
          }}
        >
          <IconSearch size={15} aria-hidden />
          <span className="grow">{t`Search or run…`}</span>
        </button>
        {sections
          .flatMap((section) => section.objects)
          .map((object) => (
            <NavLink
              key={object.name}
              to={`/o/${object.path}`}
              icon={iconNamed(object.icon)}
              label={object.label_plural}
            />
          ))}
        <NavLink to="/calendar" icon={IconCalendar} label={t`Calendar`} />
        <NavLink to="/bin" icon={IconTrash} label={t`Bin`} />
        <NavLink to="/settings" icon={IconSettings} label={t`Settings`} />
        <NavFoot
          onHelp={() => {
            onClose()
            onHelp()
          }}
        />
      </div>
    </Drawer>
  )
}
