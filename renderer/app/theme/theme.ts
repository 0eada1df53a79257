import {
  Accordion,
  ActionIcon,
  Alert,
  Autocomplete,
  Badge,
  Button,
  type CSSVariablesResolver,
  createTheme,
  Input,
  type MantineColorsTuple,
  Modal,
  Paper,
  Popover,
  Select,
  Tooltip,
} from '@mantine/core';

/** Deep green: the register's own colour. */
const forest: MantineColorsTuple = [
  '#eef6f1',
  '#dcebe2',
  '#b8d6c4',
  '#8fbea3',
  '#68a584',
  '#468b67',
  '#2c744f',
  '#1c6040',
  '#144c33',
  '#0d3624',
];

/** Warm neutral greys, as paper is. */
const gray: MantineColorsTuple = [
  '#faf9f7',
  '#f5f3ef',
  '#ebe8e2',
  '#dfdbd3',
  '#cbc5ba',
  '#a39c8f',
  '#79736a',
  '#5b564e',
  '#403c36',
  '#282520',
];

const dark: MantineColorsTuple = [
  '#e9e6e0',
  '#d3cfc7',
  '#aba69c',
  '#8b867c',
  '#524f49',
  '#3d3b36',
  '#2d2b28',
  '#232220',
  '#1b1a18',
  '#131211',
];

/** Warnings and errors, in tones that do not shout. */
const amber: MantineColorsTuple = [
  '#fdf9ef',
  '#faf1dc',
  '#f2e0b6',
  '#e8cb85',
  '#dcb258',
  '#cf9c33',
  '#b5821d',
  '#8f6415',
  '#6c4b0f',
  '#573c0b',
];

const brick: MantineColorsTuple = [
  '#fdf3f1',
  '#fae6e2',
  '#f2c8c1',
  '#eaa297',
  '#df786c',
  '#d3564b',
  '#bf3b31',
  '#a62d25',
  '#84221c',
  '#691b16',
];

export const theme = createTheme({
  primaryColor: 'forest',
  primaryShade: { light: 7, dark: 6 },
  colors: { forest, gray, dark, yellow: amber, orange: amber, red: brick },
  black: '#22201c',
  fontFamily: 'Inter, "Segoe UI", system-ui, sans-serif',
  fontFamilyMonospace: '"Cascadia Mono", Consolas, "DejaVu Sans Mono", ui-monospace, monospace',
  fontSizes: { xs: '0.75rem', sm: '0.8438rem', md: '0.9375rem', lg: '1.0625rem', xl: '1.25rem' },
  headings: {
    fontWeight: '650',
    sizes: {
      h1: { fontSize: '1.375rem', lineHeight: '1.3' },
      h2: { fontSize: '1.0625rem', lineHeight: '1.4' },
      h3: { fontSize: '0.9375rem', lineHeight: '1.4' },
    },
  },
  defaultRadius: 'md',
  radius: { xs: '3px', sm: '5px', md: '7px', lg: '10px', xl: '16px' },
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: 'subtle', color: 'gray' } }),
    Accordion: Accordion.extend({ styles: { item: { background: 'var(--registre-surface)' } } }),
    Alert: Alert.extend({ defaultProps: { variant: 'light' } }),
    Autocomplete: Autocomplete.extend({ defaultProps: { openOnFocus: false } }),
    Badge: Badge.extend({
      defaultProps: { variant: 'light', tt: 'none', fw: 500 },
      // Said in two or three words: never cut.
      styles: { root: { flex: 'none', minWidth: 'max-content' } },
    }),
    Button: Button.extend({ defaultProps: { fw: 550 } }),
    Input: Input.extend({ defaultProps: { size: 'sm' } }),
    InputWrapper: Input.Wrapper.extend({ defaultProps: { size: 'sm' } }),
    Modal: Modal.extend({
      defaultProps: {
        centered: true,
        // Its <header> is the dialog's, not the page's.
        attributes: { header: { role: 'presentation' } },
        transitionProps: { duration: 120 },
        overlayProps: { backgroundOpacity: 0.4 },
      },
      styles: { title: { fontWeight: 650, fontSize: 'var(--mantine-font-size-lg)' } },
    }),
    Paper: Paper.extend({ defaultProps: { radius: 'lg' } }),
    Popover: Popover.extend({ defaultProps: { shadow: 'md', transitionProps: { duration: 100 } } }),
    Select: Select.extend({ defaultProps: { openOnFocus: false } }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 400, withArrow: true } }),
  },
});

/** Names for what Mantine has none, and greys dark enough for AA where Mantine's own are not. */
export const resolveCssVariables: CSSVariablesResolver = ({ colors }) => ({
  variables: {},
  light: {
    '--registre-canvas': gray[0],
    '--registre-surface': '#ffffff',
    '--registre-line': gray[2],
    '--registre-hover': gray[1],
    '--registre-chosen': forest[0],
    '--registre-link': forest[7],
    '--registre-mark': forest[7],
    '--mantine-color-dimmed': '#655f56',
    '--mantine-color-placeholder': '#756f65',
    '--mantine-color-error': '#b3261e',
    '--mantine-color-default-border': colors.gray[3],
  },
  dark: {
    '--registre-canvas': dark[8],
    '--registre-surface': dark[7],
    '--registre-line': dark[6],
    '--registre-hover': '#2a2826',
    '--registre-chosen': '#20332a',
    '--registre-link': forest[3],
    '--registre-mark': forest[3],
    // Mantine's own is nearly black on these surfaces.
    '--mantine-color-forest-light': '#20332a',
    '--mantine-color-forest-light-hover': '#28412f',
    '--mantine-color-forest-light-color': forest[2],
    '--mantine-color-body': dark[8],
    '--mantine-color-dimmed': dark[2],
    '--mantine-color-placeholder': dark[3],
    '--mantine-color-error': '#ff8f85',
  },
});
