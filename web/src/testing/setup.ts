import { i18n } from '@lingui/core'

// Sentences in tests are the English source texts.
i18n.loadAndActivate({ locale: 'en', messages: {} })
