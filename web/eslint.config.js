import hooks from 'eslint-plugin-react-hooks'
import ts from 'typescript-eslint'

/** kit ← api ← fields ← objects ← features ← app: a layer may import only what stands below it. */
const layers = ['kit', 'api', 'fields', 'objects', 'features', 'app']

/** Each heavy library has one folder of `kit` that may import it. */
const heavy = {
  drag: ['@atlaskit/*', '@atlaskit/**'],
  chart: ['echarts', 'echarts/*'],
  grid: ['@tanstack/react-virtual'],
}

function above(layer) {
  return layers.slice(layers.indexOf(layer) + 1).flatMap((name) => [`**/${name}/**`, `**/${name}`])
}

function restricted(layer, allowedHeavy) {
  const patterns = [
    { group: above(layer), message: `${layer} stands below these: kit ← api ← fields ← objects ← features ← app` },
  ]
  for (const [room, group] of Object.entries(heavy)) {
    if (room !== allowedHeavy) patterns.push({ group, message: `only kit/${room} imports this library` })
  }
  return patterns.filter((pattern) => pattern.group.length > 0)
}

const directions = layers.map((layer) => ({
  files: [`src/${layer}/**/*.{ts,tsx}`],
  rules: { 'no-restricted-imports': ['error', { patterns: restricted(layer) }] },
}))

const heavyRooms = Object.keys(heavy).map((room) => ({
  files: [`src/kit/${room}/**/*.{ts,tsx}`],
  rules: { 'no-restricted-imports': ['error', { patterns: restricted('kit', room) }] },
}))

export default ts.config(
  { ignores: ['dist', 'node_modules', 'test-results', 'playwright-report', 'public'] },
  ...ts.configs.recommended,
  {
    files: ['src/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': hooks },
    rules: {
      'react-hooks/rules-of-hooks': 'error',
      'react-hooks/exhaustive-deps': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      'max-lines': ['error', { max: 150, skipBlankLines: true, skipComments: true }],
      'no-console': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  {
    files: ['src/**/*.test.{ts,tsx}', 'src/testing/**'],
    rules: { 'max-lines': 'off' },
  },
  ...directions,
  ...heavyRooms,
  {
    files: ['src/features/*/**/*.{ts,tsx}'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            ...restricted('features'),
            { regex: '^\\.\\./(?!\\.\\.)', message: 'features never import each other' },
          ],
        },
      ],
    },
  },
  {
    files: ['scripts/**/*.mjs', 'e2e/**'],
    rules: { '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }] },
    languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly' } },
  },
)
