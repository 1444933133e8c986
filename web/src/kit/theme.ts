import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core'

const pine: MantineColorsTuple = [
  '#edf6f3',
  '#d8ebe5',
  '#b2d8cc',
  '#85c1b0',
  '#58a894',
  '#35907c',
  '#207d6a',
  '#17695a',
  '#115347',
  '#0a3a32',
]
const gray: MantineColorsTuple = [
  '#fafaf7',
  '#f4f4f0',
  '#e6e6df',
  '#d3d3ca',
  '#c1c1b7',
  '#85867c',
  '#666860',
  '#55584f',
  '#2f322d',
  '#1a1d19',
]
const dark: MantineColorsTuple = [
  '#e4e9e6',
  '#b4beb8',
  '#98a39c',
  '#6a756f',
  '#3a443f',
  '#29312d',
  '#1f2623',
  '#191f1c',
  '#151a18',
  '#101412',
]

const red: MantineColorsTuple = [
  '#fbeced',
  '#f6d5d7',
  '#f2bcbf',
  '#f2979d',
  '#e57a82',
  '#d4555e',
  '#b8323b',
  '#a8262f',
  '#871d25',
  '#6b161d',
]

/** Mantine's defaults, as plain objects: `Component.extend` would pull every component into the entry. */
export const theme = createTheme({
  primaryColor: 'pine',
  primaryShade: { light: 7, dark: 6 },
  colors: { pine, gray, dark, red },
  black: '#1a1d19',
  fontFamily: 'var(--font)',
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  lineHeights: { xs: '1.35', sm: '1.45', md: '1.5', lg: '1.5', xl: '1.4' },
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '12px', xl: '16px' },
  defaultRadius: 'sm',
  spacing: { xs: '6px', sm: '10px', md: '14px', lg: '20px', xl: '28px' },
  headings: { fontWeight: '640' },
  shadows: { md: 'var(--shadow-2)', xl: 'var(--shadow-3)' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: 'xs' }, styles: { root: { fontWeight: 550 } } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray' } },
    TextInput: { defaultProps: { size: 'xs' } },
    PasswordInput: { defaultProps: { size: 'xs' } },
    Textarea: { defaultProps: { size: 'xs' } },
    // The list itself scrolls (global.css): a scrolling box around it would be one more thing to reach by keyboard.
    Select: { defaultProps: { size: 'xs', withScrollArea: false } },
    MultiSelect: { defaultProps: { withScrollArea: false } },
    Switch: { defaultProps: { size: 'sm' } },
    Checkbox: { defaultProps: { size: 'xs', radius: 'xs' } },
    Tooltip: { defaultProps: { openDelay: 350, withArrow: false } },
    Menu: {
      defaultProps: { shadow: 'md', position: 'bottom-start', withInitialFocusPlaceholder: false, radius: 'md' },
    },
    Popover: { defaultProps: { shadow: 'md', radius: 'md' } },
    Modal: { defaultProps: { centered: true, radius: 'lg', shadow: 'xl' } },
    Drawer: { defaultProps: { shadow: 'xl' } },
  },
})

/** Mantine's own variables follow the tokens, so that there is one source of colour. */
export const variables: CSSVariablesResolver = () => ({
  variables: {
    '--mantine-color-body': 'var(--sheet)',
    '--mantine-color-text': 'var(--ink)',
    '--mantine-color-dimmed': 'var(--ink-3)',
    '--mantine-color-placeholder': 'var(--ink-3)',
    '--mantine-color-error': 'var(--late)',
    '--mantine-color-default': 'var(--sheet)',
    '--mantine-color-default-hover': 'var(--hover)',
    '--mantine-color-default-color': 'var(--ink)',
    '--mantine-color-default-border': 'var(--control)',
    '--mantine-primary-color-filled': 'var(--fill)',
    '--mantine-primary-color-filled-hover': 'var(--fill-hover)',
    '--mantine-color-pine-filled': 'var(--fill)',
    '--mantine-color-pine-filled-hover': 'var(--fill-hover)',
    '--mantine-color-gray-light-color': 'var(--ink)',
  },
  light: {},
  // On dark grounds red text is lighter than the red behind white text.
  dark: {
    '--mantine-color-red-6': 'var(--late)',
    '--mantine-color-red-filled': '#b8323b',
    '--mantine-color-red-filled-hover': '#871d25',
  },
})
