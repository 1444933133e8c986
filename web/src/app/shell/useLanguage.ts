import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { type Session, savePreferences, sessionQuery } from '../../api/session'
import { showProblem } from '../../objects/problem'
import { activate, type Language, usualLocale } from '../../kit/i18n'

/** Changes the language of the signed-in user: texts, labels of the model, and how figures are written. */
export function useLanguage(): (language: Language) => void {
  const client = useQueryClient()
  return useCallback(
    (language) => {
      const change = async () => {
        const changes = { language, locale: usualLocale(language) }
        await savePreferences(changes)
        client.setQueryData<Session>(
          sessionQuery.queryKey,
          (session) => session && { ...session, user: { ...session.user, ...changes } },
        )
        await activate(language)
        await client.invalidateQueries({ predicate: (query) => query.queryKey[0] !== 'session' })
      }
      change().catch(showProblem)
    },
    [client],
  )
}
