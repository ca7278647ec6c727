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

/** Colours of the theme as painters need them, by the names of theme.css without the dashes. */
export function getThemeColors(): (name: string) => string {
  const style = getComputedStyle(document.documentElement);
  return (name) => style.getPropertyValue(`--${name}`).trim();
}
