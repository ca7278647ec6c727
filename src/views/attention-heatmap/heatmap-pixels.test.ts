import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rowStart } from '../../tensor/causal-slice.ts';
import { toPixels } from './heatmap-pixels.ts';

const colors = Uint8ClampedArray.from({ length: 1024 }, (_, i) =>
  i % 4 === 3 ? 255 : Math.floor(i / 4),
);
const nan = Number.NaN;
const slice = { size: 4, packed: Float32Array.of(1, 0.2, 0.8, 0, 0, 1, nan, nan, nan, nan) };
const square = (end: number, side: number) => ({
  queries: { start: 0, end },
  keys: { start: 0, end },
  side,
});

describe('toPixels', () => {
  it('paints one pixel a cell when cells are large', () => {
    const { data, rows, columns } = toPixels(slice, square(4, 400), 'linear', colors, 1);
    expect([rows, columns]).toEqual([4, 4]);
    expect(Array.from(data.subarray(0, 4))).toEqual([255, 255, 255, 255]);
    expect(data[4 * 4]).toBe(51);
    expect(data[4 * 5]).toBe(204);
    expect(data[4 * 1 + 3]).toBe(0);
    expect(data[4 * 12 + 3]).toBe(60);
  });
  it('counts from the window when zoomed', () => {
    const shown = { queries: { start: 1, end: 2 }, keys: { start: 1, end: 3 }, side: 400 };
    const { data, rows, columns } = toPixels(slice, shown, 'linear', colors, 1);
    expect([rows, columns]).toEqual([1, 2]);
    expect(Array.from(data)).toEqual([204, 204, 204, 255, 0, 0, 0, 0]);
  });
  it('shows defined weights rather than undefined ones under the same pixel', () => {
    const { data } = toPixels(slice, square(4, 1), 'linear', colors, 1);
    expect(Array.from(data)).toEqual([255, 255, 255, 255]);
    const undefinedOnly = { size: 1, packed: Float32Array.of(nan) };
    expect(toPixels(undefinedOnly, square(1, 1), 'row', colors, 1).data[3]).toBe(60);
  });
  it('divides each row by its largest on the scale per row', () => {
    const { data } = toPixels(slice, square(2, 10), 'row', colors, 1);
    expect(data[4 * 2]).toBe(64);
    expect(data[4 * 3]).toBe(255);
  });
  it('keeps the largest weight of the whole matrix however few pixels there are', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 60 }),
        fc.infiniteStream(fc.float({ min: 0, max: 1, noNaN: true })),
        (size, side, weights) => {
          const packed = new Float32Array(rowStart(size));
          for (let i = 0; i < packed.length; i++) packed[i] = weights.next().value ?? 0;
          const { data } = toPixels({ size, packed }, square(size, side), 'linear', colors, 1);
          const brightest = data.reduce(
            (most, value, i) => (i % 4 ? most : Math.max(most, value)),
            0,
          );
          expect(brightest).toBe(Math.round(255 * packed.reduce((a, b) => Math.max(a, b))));
        },
      ),
    );
  });
  it('does not choke on more cells than pixels', () => {
    const size = 2100;
    const packed = new Float32Array(rowStart(size)).fill(1 / size);
    const { rows, columns } = toPixels({ size, packed }, square(size, 300), 'sqrt', colors, 2);
    expect([rows, columns]).toEqual([600, 600]);
  });
});
