import { createContext, useContext, useEffect, useState } from 'react';
import type { ColorTheme } from './color-scales.ts';

/** The theme that is shown, after "system" was resolved. */
export const ThemeContext = createContext<ColorTheme>('light');

export function useColorTheme(): ColorTheme {
  return useContext(ThemeContext);
}

/** Whether the system asks for a dark page; follows it. */
export function useSystemTheme(): ColorTheme {
  const [query] = useState(() => window.matchMedia('(prefers-color-scheme: dark)'));
  const [isDark, setIsDark] = useState(query.matches);
  useEffect(() => {
    const follow = (): void => setIsDark(query.matches);
    query.addEventListener('change', follow);
    return () => query.removeEventListener('change', follow);
  }, [query]);
  return isDark ? 'dark' : 'light';
}

const colors = new Map<string, string>();
let colorsOf: string | undefined;

/**
 * Colours of the theme as painters need them, by the names of theme.css without the dashes. Asking the
 * browser costs a style computation, so each is asked for once in a theme.
 */
export function getThemeColors(): (name: string) => string {
  const root = document.documentElement;
  if (colorsOf !== root.dataset.theme) {
    colors.clear();
    colorsOf = root.dataset.theme;
  }
  return (name) => {
    const known = colors.get(name) ?? getComputedStyle(root).getPropertyValue(`--${name}`).trim();
    if (known !== '') colors.set(name, known);
    return known;
  };
}
