import babel from '@rolldown/plugin-babel'
import { lingui } from '@lingui/vite-plugin'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'
import { themeVariables } from './scripts/themeVariables.ts'

/** Where the API stands while developing: a running `legame serve`. */
const server = process.env.LEGAME_URL ?? 'http://127.0.0.1:8080'

/** Parts that nearly always come as one: the name of their file, and which modules are in it. */
const together: [string, RegExp][] = [
  ['menu', /@floating-ui|mantine\/core\/.*components\/(?:Menu|Popover|ActionIcon|CloseButton|Accordion)\//],
  [
    'dialog',
    /react-remove-scroll|use-sidecar|react-style-singleton|components\/(?:Modal|ModalBase)\/|src\/kit\/Dialog/,
  ],
  [
    'input',
    /mantine\/core\/.*components\/(?:Input|InputBase|TextInput|NativeSelect|Textarea|Switch)\/|fields\/editors\/types/,
  ],
  ['choose', /mantine\/core\/.*components\/(?:Combobox|Select|ScrollArea)\//],
  ['drag', /pragmatic-drag-and-drop/],
  ['verbs', /src\/objects\/action\/(?:ActionButton|ZoneItems|holds)/],
  ['values', /src\/(?:fields\/(?!editors)|kit\/(?!Dialog|drag)|objects\/edit\/(?!Inline))|@tabler\/icons-react/],
]

export default defineConfig({
  plugins: [
    babel({
      presets: [
        {
          preset: () => ({ plugins: ['@lingui/babel-plugin-lingui-macro'] }),
          rolldown: { filter: { code: /@lingui\/(?:core|react)\/macro/ } },
        },
      ],
    }),
    react(),
    lingui(),
    themeVariables(),
  ],
  server: { port: 5173, proxy: { '/api': { target: server, changeOrigin: true } } },
  build: {
    target: 'es2022',
    manifest: true,
    sourcemap: false,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 900,
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        chunkFileNames: (chunk) => `assets/${chunk.name.split('~')[0]}-[hash].js`,
        // What is used together travels together; what is left is grouped by who uses it.
        codeSplitting: {
          groups: [
            {
              name: 'start',
              tags: ['$initial'],
              test: (id) => !/index\.html|src\/app\/main\.tsx/.test(id),
              priority: 9,
            },
            ...together.map(([name, test]) => ({ name, test, minShareCount: 2, priority: 3 })),
            { name: 'shared', minShareCount: 2, entriesAware: true, entriesAwareMergeThreshold: 1_000, priority: 2 },
            {
              name: 'page',
              test: /features\/activity\/|objects\/record\/(?:timeline|files)\/|objects\/record\/later|deals\/(?:index|BuyingRoles|Person|DealBanner|lines\/AmountNote)\./,
              priority: 1,
            },
          ],
        },
      },
    },
  },
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.test.{ts,tsx}'],
    setupFiles: ['src/testing/setup.ts'],
  },
})
