import { describe, expect, it } from 'vitest';
import { toPixels, toScale } from './draw-heatmap.ts';

describe('toScale', () => {
  it('maps 0 to 0 and 1 to 1 on every scale', () => {
    for (const scale of ['linear', 'sqrt', 'log', 'row'] as const) {
      expect(toScale(0, scale, 1)).toBe(0);
      expect(toScale(1, scale, 1)).toBe(1);
    }
    expect(toScale(0.01, 'log', 1)).toBeCloseTo(0.5);
    expect(toScale(0.2, 'row', 0.4)).toBeCloseTo(0.5);
    expect(toScale(0, 'row', 0)).toBe(0);
  });
});

describe('toPixels', () => {
  const colors = Uint8ClampedArray.from({ length: 1024 }, (_, i) =>
    i % 4 === 3 ? 255 : Math.floor(i / 4),
  );
  const packed = Float32Array.of(
    1,
    0.2,
    0.8,
    0,
    0,
    1,
    Number.NaN,
    Number.NaN,
    Number.NaN,
    Number.NaN,
  );
  const all = { start: 0, end: 4 };

  it('paints one pixel a cell when cells are large', () => {
    const { data, rows, columns } = toPixels(
      packed,
      { queries: all, keys: all, side: 400 },
      'linear',
      colors,
      1,
    );
    expect([rows, columns]).toEqual([4, 4]);
    expect(Array.from(data.subarray(0, 4))).toEqual([255, 255, 255, 255]);
    expect(data[4 * 4]).toBe(51);
    expect(data[4 * 5]).toBe(204);
    expect(data[4 * 1 + 3]).toBe(0);
    expect(data[4 * 12 + 3]).toBe(60);
  });
  it('keeps the largest weight when pixels hold several cells', () => {
    const three = { start: 0, end: 2 };
    const { data, rows } = toPixels(
      packed,
      { queries: three, keys: three, side: 1 },
      'linear',
      colors,
      1,
    );
    expect(rows).toBe(1);
    expect(data[0]).toBe(255);
  });
});
