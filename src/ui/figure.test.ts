import { expect, it } from 'vitest';
import { type ColorTheme, sequentialColor } from './color-scales.ts';
import { wantsLightText, wrapText } from './figure.ts';

/** Relative luminance of an "rgb(r, g, b)" (WCAG 2). */
function luminance(color: string): number {
  const [r, g, b] = (color.match(/\d+/g) ?? []).map((part) => {
    const share = Number(part) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

it.each<ColorTheme>(['light', 'dark'])('text on the sequential scale is readable, %s', (theme) => {
  for (let i = 0; i <= 200; i++) {
    const ground = luminance(sequentialColor(i / 200, theme));
    const contrast = wantsLightText(i / 200, theme)
      ? 1.05 / (ground + 0.05)
      : (ground + 0.05) / 0.05;
    expect(contrast, `at ${i / 200}`).toBeGreaterThanOrEqual(4.5);
  }
});

it('a caption is broken at spaces and loses nothing', () => {
  const measure = (text: string) => text.length;
  expect(wrapText('attention over 121 tokens', 14, measure)).toEqual([
    'attention over',
    '121 tokens',
  ]);
  expect(wrapText('a-word-that-is-too-long and more', 10, measure)).toEqual([
    'a-word-that-is-too-long',
    'and more',
  ]);
  expect(wrapText('', 10, measure)).toEqual(['']);
});
