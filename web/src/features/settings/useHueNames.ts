import { useLingui } from '@lingui/react/macro'
import type { Hue } from '../../kit/hue'

/** The ten colours by name. */
export function useHueNames(): Record<Hue, string> {
  const { t } = useLingui()
  return {
    slate: t`Slate`,
    pine: t`Pine`,
    moss: t`Moss`,
    ochre: t`Ochre`,
    apricot: t`Apricot`,
    rose: t`Rose`,
    plum: t`Plum`,
    iris: t`Iris`,
    sky: t`Sky`,
    sand: t`Sand`,
  }
}
