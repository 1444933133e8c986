import { useLingui } from '@lingui/react/macro'
import css from './PortalHome.module.css'

/** Where menus and lists open: a landmark, so that a screen reader finds them. Mantine looks for this attribute. */
export function PortalHome() {
  const { t } = useLingui()
  return (
    <section className={css.home} aria-label={t`Menus`} data-mantine-shared-portal-node="true" data-portal="true" />
  )
}
