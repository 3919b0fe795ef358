import { createTheme } from '@mantine/core';

const font = "'Inter Variable', system-ui, sans-serif";

export const theme = createTheme({
  fontFamily: font,
  headings: { fontFamily: font },
  primaryColor: 'amber',
  primaryShade: { light: 7, dark: 4 },
  defaultRadius: 'md',
  cursorType: 'pointer',
  colors: {
    amber: [
      '#fff6e6',
      '#ffeccd',
      '#ffdba3',
      '#ffcd85',
      '#ffc27a',
      '#f2ac57',
      '#e09a43',
      '#b8741a',
      '#8f5a14',
      '#6b430e',
    ],
  },
});
