import '../kit/layers.css'
import '../kit/mantineStyles'
import 'virtual:theme-variables.css'
import '@fontsource-variable/inter/wght.css'
import '../kit/fonts/fonts.css'
import '../kit/tokens.css'
import '../kit/global.css'
import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { startTransition, StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { beginAhead, setCsrf } from '../api/client'
import { startLive } from '../api/live'
import { keepModel, keptModel } from '../api/modelCache'
import { modelQuery } from '../api/queries'
import { sessionOfPage } from '../api/session'
import { theme } from '../kit/theme'
import { queryClient } from './queryClient'
import { activate, firstLanguage, isLanguage, type Language } from '../kit/i18n'
import { router } from './router'
import { colorScheme, shareNonce, styleNonce } from './theme'

// A new version of the server has other files: the page is read again rather than left half broken.
addEventListener('vite:preloadError', (event) => {
  event.preventDefault()
  location.reload()
})

/** A model that cannot have changed is asked for when the page stands. */
const standsAfter = 3_000

/** What the page already says of the person decides the language, and starts what all else waits for. */
function begin(): Language {
  const session = sessionOfPage()
  const user = session?.user
  const own = user?.language?.slice(0, 2)
  const language = isLanguage(own) ? own : firstLanguage()
  if (!user) return language
  const query = modelQuery(language)
  startLive(queryClient, () => queryClient.getQueryData(modelQuery(i18n.locale).queryKey), session.pulse)
  // It follows from the person's roles and the declarations.
  const whose = [user.id, ...user.roles].join(' ')
  setCsrf(session.csrf)
  if (session.pulse) beginAhead(whose, language)
  const kept = keptModel(whose, language)
  if (kept) queryClient.setQueryData(query.queryKey, kept)
  const ask = () =>
    queryClient
      .fetchQuery({ ...query, staleTime: 0 })
      .then((index) => keepModel(whose, language, index))
      .catch(() => undefined)
  if (kept && kept.model.version === session.model) setTimeout(ask, standsAfter)
  else void ask()
  return language
}

// The files of what this address shows have come with the page: they are run while it waits for answers.
for (const { href } of document.querySelectorAll<HTMLLinkElement>('head link[rel=modulepreload]'))
  void import(/* @vite-ignore */ href).catch(() => undefined)

shareNonce()
await activate(begin())

const root = document.getElementById('root')
if (root) {
  const page = (
    <StrictMode>
      <I18nProvider i18n={i18n}>
        <MantineProvider
          theme={theme}
          withCssVariables={false}
          withGlobalClasses={false}
          colorSchemeManager={colorScheme}
          defaultColorScheme="auto"
          getStyleNonce={styleNonce}
        >
          <QueryClientProvider client={queryClient}>
            <RouterProvider router={router} />
          </QueryClientProvider>
        </MantineProvider>
      </I18nProvider>
    </StrictMode>
  )
  // In small pieces: keys and answers are heard between them.
  startTransition(() => createRoot(root).render(page))
}
