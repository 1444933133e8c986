import { Menu, type MenuProps, Popover, type PopoverProps } from '@mantine/core'
import { cloneElement, type ReactElement, type ReactNode, type Ref, useEffect, useRef, useState } from 'react'

interface ButtonProps {
  ref?: Ref<HTMLButtonElement>
  onClick?: () => void
  'aria-expanded'?: boolean
  'aria-haspopup'?: 'menu' | 'dialog'
}

type Button = ReactElement<ButtonProps>

/**
 * A button and what opens under it. A page has dozens and few are ever opened: until then each is a button and no more,
 * where a whole menu would cost a phone several milliseconds.
 */
function useOpens(target: Button, popup: 'menu' | 'dialog', start = false) {
  const [opened, setOpened] = useState(start)
  const box = useRef<HTMLButtonElement>(null)
  /** Where one was when it opened: there one is again when it closes. */
  const from = useRef<Element>(null)
  useEffect(() => {
    if (opened || !from.current) return
    const back = from.current.isConnected ? from.current : box.current
    from.current = null
    if (document.activeElement === document.body) (back as HTMLElement | null)?.focus({ preventScroll: true })
  }, [opened])
  const button = cloneElement(target, {
    ref: box,
    'aria-haspopup': popup,
    'aria-expanded': opened,
    onClick: () => {
      // Open, it is the menu that hears the click and closes.
      if (opened) return popup === 'dialog' ? setOpened(false) : undefined
      from.current = document.activeElement
      setOpened(true)
    },
  })
  return { button, opened, setOpened }
}

interface MenuButtonProps extends Omit<MenuProps, 'children' | 'opened' | 'onChange'> {
  target: Button
  /** Styles of the list, for one that may grow long. */
  list?: { mah: number; style: React.CSSProperties }
  children: ReactNode
}

export function MenuButton({ target, list, children, ...menu }: MenuButtonProps) {
  const { button, opened, setOpened } = useOpens(target, 'menu')
  if (!opened) return button
  return (
    <Menu {...menu} opened onChange={setOpened} returnFocus={false}>
      <Menu.Target>{button}</Menu.Target>
      <Menu.Dropdown {...list}>{children}</Menu.Dropdown>
    </Menu>
  )
}

interface PopoverButtonProps extends Omit<PopoverProps, 'children' | 'opened' | 'onChange'> {
  target: Button
  className?: string
  /** Opened from the beginning. */
  start?: boolean
  children: (close: () => void) => ReactNode
}

export function PopoverButton({ target, className, start, children, ...popover }: PopoverButtonProps) {
  const { button, opened, setOpened } = useOpens(target, 'dialog', start)
  if (!opened) return button
  return (
    <Popover position="bottom-start" {...popover} opened onChange={setOpened} trapFocus>
      <Popover.Target>{button}</Popover.Target>
      <Popover.Dropdown p={className ? 0 : undefined} className={className}>
        {children(() => setOpened(false))}
      </Popover.Dropdown>
    </Popover>
  )
}
