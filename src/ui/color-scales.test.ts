import { describe, expect, it } from 'vitest';
import { inkOn, sequentialColor } from './color-scales.ts';

describe('inkOn', () => {
  it('is black on light and white on dark colours', () => {
    expect(['#ffffff', '#ffd0a6', '#000000', '#3d1206', 'rgb(143, 51, 14)'].map(inkOn)).toEqual([
      '#000',
      '#000',
      '#fff',
      '#fff',
      '#fff',
    ]);
  });
  it('changes once along a scale', () => {
    for (const theme of ['light', 'dark'] as const) {
      const inks = Array.from({ length: 101 }, (_, i) => inkOn(sequentialColor(i / 100, theme)));
      expect(inks.filter((ink, i) => i > 0 && ink !== inks[i - 1])).toHaveLength(1);
    }
  });
});
